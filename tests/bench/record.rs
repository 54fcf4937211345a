//! An expanded call record of any size, in the members and the order that the service sends, with values of our own:
//! about 5 kB a session of four endpoints, one segment, one medium and two streams.

/// Where an object states its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discriminator {
    First,
    Last,
}

/// A record of at least `bytes` bytes of compact JSON, and the number of its sessions.
pub fn record(bytes: usize, discriminator: Discriminator) -> (String, usize) {
    let template = session(discriminator);
    let mut json = String::with_capacity(bytes + 2 * template.len());
    json.push_str(&compact(RECORD));
    let mut sessions = 0;
    while json.len() < bytes {
        if sessions > 0 {
            json.push(',');
        }
        let id = |kind: u32| format!("{kind:08x}-{:04x}-4c3e-9d07-{:012x}", sessions % 0x1_0000, sessions * 7919 + 17);
        json.push_str(
            &template
                .replace("$SESSION", &id(0x5e55))
                .replace("$SEGMENT", &id(0x5e69))
                .replace("$UPSTREAM", &(2_041_117 + sessions * 2).to_string())
                .replace("$DOWNSTREAM", &(2_041_118 + sessions * 2).to_string()),
        );
        sessions += 1;
    }
    json.push_str("]}");
    (json, sessions)
}

fn session(discriminator: Discriminator) -> String {
    let typed = |name: &str, members: &str| {
        let ty = format!("\"@odata.type\":\"#microsoft.graph.callRecords.{name}\"");
        match discriminator {
            Discriminator::First => format!("{{{ty},{members}}}"),
            Discriminator::Last => format!("{{{members},{ty}}}"),
        }
    };
    let endpoint = |agent: &str, members: &str, more: &str| {
        let agent = typed("clientUserAgent", &compact(agent));
        typed("participantEndpoint", &format!("\"userAgent\":{agent},{}{}", compact(members), compact(more)))
    };
    compact(SESSION)
        .replace("$RATED", &endpoint(DESKTOP, CALLEE, FEEDBACK))
        .replace("$CALLER", &endpoint(PHONE, CALLER, ""))
        .replace("$CALLEE", &endpoint(DESKTOP, CALLEE, ""))
}

/// JSON without its line breaks and indentation.
fn compact(json: &str) -> String {
    json.lines().map(str::trim).collect()
}

const RECORD: &str = r#"{
"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#communications/callRecords(sessions(segments()))/$entity",
"version":3,
"type":"groupCall",
"modalities":["audio","video","screenSharing"],
"lastModifiedDateTime":"2031-05-12T10:41:07.3350812Z",
"startDateTime":"2031-05-12T09:00:02.4810077Z",
"endDateTime":"2031-05-12T10:02:40.0071936Z",
"id":"0c3a9e52-7d14-4f0b-8b6e-51d2a7f09c33",
"joinWebUrl":"https://meet.example.net/l/meetup-join/19%3ameeting_Q0ZDLTIw%40thread.v2/0",
"organizer_v2":{"id":"7b1f44d0-95c6-4a3e-a7d8-0e62b9c1f5a4","identity":{"user":{
"id":"7b1f44d0-95c6-4a3e-a7d8-0e62b9c1f5a4","displayName":"Noor Haddad",
"tenantId":"e1d8c7b6-2f30-4a59-8e47-6b5a4c3d2e1f","userPrincipalName":"noor.haddad@harbour.example"}}},
"sessions@odata.context":"https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('0c3a9e52-7d14-4f0b-8b6e-51d2a7f09c33')/sessions(segments())",
"sessions":["#;

const SESSION: &str = r#"{
"modalities":["audio"],
"startDateTime":"2031-05-12T09:00:05.9104213Z",
"endDateTime":"2031-05-12T09:58:31.2260018Z",
"id":"$SESSION",
"isTest":false,
"caller":$CALLER,
"callee":$RATED,
"segments@odata.context":"https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('0c3a9e52-7d14-4f0b-8b6e-51d2a7f09c33')/sessions('$SESSION')/segments",
"segments":[{
"startDateTime":"2031-05-12T09:00:05.9104213Z",
"endDateTime":"2031-05-12T09:58:31.2260018Z",
"id":"$SEGMENT",
"caller":$CALLER,
"callee":$CALLEE,
"media":[{
"label":"main-audio",
"callerNetwork":{"ipAddress":"10.21.7.143","subnet":"10.21.7.0","linkSpeed":866700000,"connectionType":"wifi",
"port":50022,"reflexiveIPAddress":"203.0.113.58","relayIPAddress":"198.51.100.17","relayPort":3479,
"macAddress":"02-1B-63-84-45-E6","basicServiceSetIdentifier":"02-1b-63-00-7a-91","wifiBand":"frequency50GHz",
"wifiChannel":44,"wifiRadioType":"wifi80211ac","wifiSignalStrength":87,"dnsSuffix":null,
"sentQualityEventRatio":0.014,"receivedQualityEventRatio":0,"delayEventRatio":0.0035,"bandwidthLowEventRatio":0},
"calleeNetwork":{"ipAddress":"10.88.140.6","subnet":"10.88.140.0","linkSpeed":1000000000,"connectionType":"wired",
"port":50046,"reflexiveIPAddress":"203.0.113.201","relayIPAddress":"198.51.100.88","relayPort":3480,
"macAddress":"02-9C-11-F2-08-3D","dnsSuffix":"branch.harbour.example",
"sentQualityEventRatio":0,"receivedQualityEventRatio":0.021,"delayEventRatio":0,"bandwidthLowEventRatio":0.0008},
"callerDevice":{"captureDeviceName":"Handset microphone","renderDeviceName":"Handset earpiece",
"receivedSignalLevel":-19,"receivedNoiseLevel":-71,"initialSignalLevelRootMeanSquare":87.41022,
"renderZeroVolumeEventRatio":0,"renderMuteEventRatio":0.25,"micGlitchRate":11,"speakerGlitchRate":412},
"calleeDevice":{"captureDeviceName":"Echo Cancelling Speakerphone (Lindqvist 40 USB)",
"captureDeviceDriver":"Lindqvist: 3.1.20417.66","renderDeviceName":"Speakers (Lindqvist 40 USB)",
"renderDeviceDriver":"Lindqvist: 3.1.20417.66","receivedSignalLevel":-22,"receivedNoiseLevel":-64,
"initialSignalLevelRootMeanSquare":132.0574,"micGlitchRate":38,"speakerGlitchRate":95},
"streams":[{
"streamId":"$UPSTREAM","streamDirection":"callerToCallee","audioCodec":"satin","averageAudioDegradation":0.2718281,
"averageJitter":"PT0.009S","maxJitter":"PT0.031S","averagePacketLossRate":0.00418,"maxPacketLossRate":0.0625,
"averageRatioOfConcealedSamples":0.0173205,"maxRatioOfConcealedSamples":0.1142857,
"averageRoundTripTime":"PT0.048S","maxRoundTripTime":"PT0.213S","packetUtilization":174211,
"averageBandwidthEstimate":18442107,"wasMediaBypassed":false,"averageAudioNetworkJitter":"PT0.037S",
"maxAudioNetworkJitter":"PT0.184S"},{
"streamId":"$DOWNSTREAM","streamDirection":"calleeToCaller","audioCodec":"satin","averageAudioDegradation":null,
"averageJitter":"PT0.013S","maxJitter":"PT0.044S","averagePacketLossRate":0,"maxPacketLossRate":0.0312,
"averageRatioOfConcealedSamples":null,"maxRatioOfConcealedSamples":null,
"averageRoundTripTime":"PT0.052S","maxRoundTripTime":"PT0.247S","packetUtilization":173980,
"averageBandwidthEstimate":9120864,"wasMediaBypassed":false,"averageAudioNetworkJitter":"PT0.041S",
"maxAudioNetworkJitter":"PT0.202S"}]
}]
}]
}"#;

const PHONE: &str = r#""headerValue":"CallClient/4.11.2 (HX-20; Android 15)","applicationVersion":"4.11.2",
"platform":"android","productFamily":"teams""#;

const DESKTOP: &str = r#""headerValue":"CallClient/27.1.0.3306 (Windows 11; x64; desk edition)","applicationVersion":"27.1.0.3306",
"platform":"windows","productFamily":"teams""#;

const CALLER: &str = r#""name":"HX-20","cpuName":null,"cpuCoresCount":8,
"associatedIdentity":{"id":"7b1f44d0-95c6-4a3e-a7d8-0e62b9c1f5a4","displayName":"Noor Haddad",
"tenantId":"e1d8c7b6-2f30-4a59-8e47-6b5a4c3d2e1f","userPrincipalName":"noor.haddad@harbour.example"}"#;

const CALLEE: &str = r#""name":"DESK-0417","cpuName":"Octane 9 3700U at 2.30GHz","cpuCoresCount":8,
"cpuProcessorSpeedInMhz":2296,
"associatedIdentity":{"id":"b94c2e71-08da-4f63-9c15-d2e7a6f83b40","displayName":"Ilse van der Meer",
"tenantId":"e1d8c7b6-2f30-4a59-8e47-6b5a4c3d2e1f","userPrincipalName":"ilse.vandermeer@harbour.example"}"#;

const FEEDBACK: &str = r#","feedback":{"rating":"fair","text":"clipped twice","tokens":{"NoSound":false,
"Echo":false,"Noisy":true,"LowVolume":false,"DistortedSound":true}}"#;
