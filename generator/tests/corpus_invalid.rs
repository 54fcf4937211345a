//! Every document of the corpus that its source's own test refuses: refused or flagged here too, or accepted for a reason.
//!
//! A bare `Schema` root and a declared UTF-16 are marks of how these documents were taken out of string constants, not
//! what is wrong with them: diagnostics that say so do not count.
// A test fails by panicking.
#![allow(clippy::expect_used)]

mod support;

use odata_codegen::csdl::{self, Limits};
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::model;
use odata_codegen::source::Sources;

const HALF: &str =
    "one of two documents that are wrong together only: this one is sound, the other is not in the corpus";
const TERM: &str = "the term's document is not in the corpus, and what is not given is not judged";

/// What is accepted, and why that is right. A name is its longest part that says which it is.
const ACCEPTED: &[(&str, &str)] = &[
    ("Validate_BinaryTooLong_ReturnsValidationError-1", HALF),
    ("Validate_CollectionTermWithIncorrectItemType_ReturnsValidationError-1", HALF),
    ("Validate_FindMethodsForAmbiguousTermReferences_ReturnsExpectedResults-2", HALF),
    ("Validate_FindMethodsForFunctionAcrossModelsInCsdl_ReturnsExpectedResults-2", HALF),
    ("Validate_IncorrectPrimitiveTypeForTerm_ReturnsValidationError-1", HALF),
    ("Validate_NullCannotBeAssertedToNonNullableType_ReturnsValidationErro-1", HALF),
    ("Validate_PrimitiveExpressionCannotBeReconciledWithNonPrimitiveType_R-1", HALF),
    ("Validate_IncorrectTypeForDateExpression_ReturnsValidationError-2", TERM),
    ("Validate_IncorrectTypeForDecimalExpression_ReturnsValidationError-2", TERM),
    ("Validate_IncorrectTypeForGuidExpression_ReturnsValidationError-2", TERM),
    ("Validate_RecordTermWithMismatchedPropertyType_ReturnsValidationError-2", TERM),
    ("Validate_RecordTermWithRenamedProperty_ReturnsValidationError-2", TERM),
    ("Validate_StringTooLong_ReturnsValidationError-2", TERM),
    (
        "Validate_InvalidBinaryConstantExpressionInVocabularyAnnotation_Shou",
        "its value is base64url of two bytes, and OData's ABNF leaves the padding out where one likes",
    ),
    (
        "TryParse_ReferenceModelWithFuncReturnsNull_FailsWithUnresolvedReferenceUri",
        "references are never fetched, and nothing here needs what the referenced document declares",
    ),
    (
        "Validate_NavigationWithZeroOrOnePrincipalAndAllNullableKeyDependentProperti-1",
        "8.5 asks for a property of the principal type, which need not be of its key",
    ),
    (
        "Validate_NavigationWithZeroOrOnePrincipalAndAllNullableKeyDependentProperti-5",
        "8.5 asks for a property of the principal type, which need not be of its key",
    ),
];

/// Constants of the wrong form: `csdl::read` is to flag them. An entry that is flagged goes.
const CONSTANTS: &[&str] = &[
    "Validate_InvalidBooleanConstantExpressionInVocabularyAnnotation_Sho",
    "Validate_InvalidDateTimeOffsetConstantExpressionInVocabularyAnnotat",
    "Validate_InvalidDecimalConstantExpressionInVocabularyAnnotation_Sho",
    "Validate_InvalidDurationConstantExpressionInVocabularyAnnotation_Sh",
    "Validate_InvalidDurationValueInVocabularyAnnotation_ShouldReturnErr",
    "Validate_InvalidFloatConstantExpressionInVocabularyAnnotation_Shoul",
    "Validate_InvalidGuidConstantExpressionInVocabularyAnnotation_Should",
    "Validate_InvalidIntegerConstantExpressionInVocabularyAnnotation_Sho",
    "Validate_IncorrectFormatForDateExpression_ReturnsValidationError",
    "Validate_IncorrectTypeForTimeOfDayExpression_ReturnsValidationError-2",
    "Validate_IncorrectTypeForBooleanExpression_ReturnsValidationError-2",
];

/// What is said of a document, without the marks of its origin.
fn judged(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let text = match csdl::decode(bytes) {
        Ok(text) => text,
        Err(fault) => return vec![fault],
    };
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let mut diagnostics = Vec::new();
    let documents = [csdl::read(id, text, &Limits::default(), &mut diagnostics)];
    drop(model::resolve(&documents, &[], &mut diagnostics));
    diagnostics.retain(|it| !matches!(it.code, "csdl::bare-schema" | "csdl::encoding"));
    diagnostics
}

#[test]
fn every_invalid_document_is_refused_or_flagged() {
    let Some(corpus) = support::corpus() else { return };
    let folder = std::fs::read_dir(corpus.join("csdl/invalid")).expect("the corpus has it");
    let mut files: Vec<_> = folder.map(|it| it.expect("a readable folder").path()).collect();
    files.sort();
    assert!(files.len() >= 60, "documents are missing");
    let mut wrong = Vec::new();
    let mut left: Vec<&str> = ACCEPTED.iter().map(|(name, _)| *name).chain(CONSTANTS.iter().copied()).collect();
    for file in files {
        let name = file.file_stem().expect("a file").to_string_lossy().into_owned();
        let listed = left.iter().position(|it| name.ends_with(it)).map(|at| left.swap_remove(at));
        let diagnostics = judged(&name, &std::fs::read(&file).expect("a readable file"));
        let flagged = diagnostics.iter().any(|it| it.primary.is_some());
        if flagged == listed.is_some() {
            let verdict = if flagged { "is flagged after all" } else { "is accepted" };
            wrong.push(format!("{name} {verdict}: {:?}", support::codes(&diagnostics)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(left.is_empty(), "no longer in the corpus: {left:#?}");
}

#[test]
fn every_acceptance_has_a_reason() {
    for (name, reason) in ACCEPTED {
        assert!(reason.len() > 20, "{name}");
        assert!(!CONSTANTS.contains(name), "{name} is listed twice");
    }
}
