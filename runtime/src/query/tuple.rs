//! Tuples of what `$select`, `$expand` and `$orderby` take: an array would want all properties to have one type.

use super::expand::Expand;
use super::options::Options;
use super::order::OrderBy;
use super::sealed::Sealed;
use super::select::Select;

macro_rules! tuples {
    ($(($($item:ident)+))+) => {$(
        impl<$($item: Sealed),+> Sealed for ($($item,)+) {}

        impl<T, $($item: Select<T>),+> Select<T> for ($($item,)+) {
            #[allow(non_snake_case)] // the type parameters name the bindings too
            fn add_to(self, options: &mut Options<T>) {
                let ($($item,)+) = self;
                $($item.add_to(options);)+
            }
        }

        impl<T, $($item: OrderBy<T>),+> OrderBy<T> for ($($item,)+) {
            #[allow(non_snake_case)]
            fn add_to(self, options: &mut Options<T>) {
                let ($($item,)+) = self;
                $($item.add_to(options);)+
            }
        }

        impl<T, $($item: Expand<T>),+> Expand<T> for ($($item,)+) {
            #[allow(non_snake_case)]
            fn add_to(self, options: &mut Options<T>) {
                let ($($item,)+) = self;
                $($item.add_to(options);)+
            }
        }
    )+};
}

tuples! {
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
}
