//! What an app would write by hand with serde's derives: the same properties and the same field types as the generated
//! types have (`Option` everywhere, jiff's instants and durations, enumerations), in two styles. Neither keeps what it
//! does not declare; an unknown enumeration member loses its name.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

macro_rules! structs {
    ($($name:ident $(<$of:ident>)? { $($field:ident $wire:literal: $ty:ty,)* })*) => {$(
        #[derive(Debug, Serialize, Deserialize)]
        pub struct $name $(<$of>)? {
            $(#[serde(rename = $wire, skip_serializing_if = "Option::is_none")] pub $field: Option<$ty>,)*
        }
    )*};
}

macro_rules! enums {
    ($($name:ident { $($member:ident)* })*) => {$(
        #[derive(Debug, Clone, Copy, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(clippy::upper_case_acronyms)] // The wire's spelling: `iOS`.
        pub enum $name { $($member,)* #[serde(other)] Other }
    )*};
}

// `E` is the type of an endpoint: tagged or flat.
structs! {
    CallRecord<E> {
        id "id": String,
        end_date_time "endDateTime": Timestamp,
        join_web_url "joinWebUrl": String,
        last_modified_date_time "lastModifiedDateTime": Timestamp,
        modalities "modalities": Vec<Modality>,
        organizer "organizer": IdentitySet,
        participants "participants": Vec<IdentitySet>,
        start_date_time "startDateTime": Timestamp,
        kind "type": CallType,
        version "version": i64,
        organizer_v2 "organizer_v2": Participant,
        participants_v2 "participants_v2": Vec<Participant>,
        sessions "sessions": Vec<Session<E>>,
    }
    Session<E> {
        id "id": String,
        callee "callee": E,
        caller "caller": E,
        end_date_time "endDateTime": Timestamp,
        failure_info "failureInfo": FailureInfo,
        is_test "isTest": bool,
        modalities "modalities": Vec<Modality>,
        start_date_time "startDateTime": Timestamp,
        segments "segments": Vec<Segment<E>>,
    }
    Segment<E> {
        id "id": String,
        callee "callee": E,
        caller "caller": E,
        end_date_time "endDateTime": Timestamp,
        failure_info "failureInfo": FailureInfo,
        media "media": Vec<Media>,
        start_date_time "startDateTime": Timestamp,
    }
    Participant {
        id "id": String,
        administrative_unit_infos "administrativeUnitInfos": Vec<AdministrativeUnitInfo>,
        identity "identity": IdentitySet,
    }
    AdministrativeUnitInfo { id "id": String, }
    IdentitySet {
        application "application": Identity,
        device "device": Identity,
        user "user": Identity,
        acs_application_instance "acsApplicationInstance": Identity,
        acs_user "acsUser": Identity,
        application_instance "applicationInstance": Identity,
        asserted_identity "assertedIdentity": Identity,
        encrypted "encrypted": Identity,
        guest "guest": Identity,
        on_premises "onPremises": Identity,
        phone "phone": Identity,
        spool_application_instance "spoolApplicationInstance": Identity,
        spool_user "spoolUser": Identity,
    }
    Identity {
        display_name "displayName": String,
        id "id": String,
        tenant_id "tenantId": String,
        user_principal_name "userPrincipalName": String,
    }
    FailureInfo { reason "reason": String, stage "stage": FailureStage, }
    EndpointBase { user_agent "userAgent": UserAgent, }
    ServiceEndpoint { user_agent "userAgent": UserAgent, }
    ParticipantEndpoint {
        user_agent "userAgent": UserAgent,
        associated_identity "associatedIdentity": Identity,
        cpu_cores_count "cpuCoresCount": i32,
        cpu_name "cpuName": String,
        cpu_processor_speed_in_mhz "cpuProcessorSpeedInMhz": i32,
        feedback "feedback": UserFeedback,
        identity "identity": IdentitySet,
        name "name": String,
    }
    FlatEndpoint {
        type_name "@odata.type": String,
        user_agent "userAgent": FlatUserAgent,
        associated_identity "associatedIdentity": Identity,
        cpu_cores_count "cpuCoresCount": i32,
        cpu_name "cpuName": String,
        cpu_processor_speed_in_mhz "cpuProcessorSpeedInMhz": i32,
        feedback "feedback": UserFeedback,
        identity "identity": IdentitySet,
        name "name": String,
    }
    UserAgentBase { application_version "applicationVersion": String, header_value "headerValue": String, }
    ServiceUserAgent {
        application_version "applicationVersion": String,
        header_value "headerValue": String,
        role "role": ServiceRole,
    }
    ClientUserAgent {
        application_version "applicationVersion": String,
        header_value "headerValue": String,
        azure_ad_app_id "azureADAppId": String,
        communication_service_id "communicationServiceId": String,
        platform "platform": ClientPlatform,
        product_family "productFamily": ProductFamily,
    }
    FlatUserAgent {
        type_name "@odata.type": String,
        application_version "applicationVersion": String,
        header_value "headerValue": String,
        azure_ad_app_id "azureADAppId": String,
        communication_service_id "communicationServiceId": String,
        platform "platform": ClientPlatform,
        product_family "productFamily": ProductFamily,
        role "role": ServiceRole,
    }
    UserFeedback { rating "rating": UserFeedbackRating, text "text": String, tokens "tokens": FeedbackTokenSet, }
    FeedbackTokenSet {}
    Media {
        callee_device "calleeDevice": DeviceInfo,
        callee_network "calleeNetwork": NetworkInfo,
        caller_device "callerDevice": DeviceInfo,
        caller_network "callerNetwork": NetworkInfo,
        label "label": String,
        streams "streams": Vec<MediaStream>,
    }
    DeviceInfo {
        capture_device_driver "captureDeviceDriver": String,
        capture_device_name "captureDeviceName": String,
        capture_not_functioning_event_ratio "captureNotFunctioningEventRatio": f32,
        cpu_insufficent_event_ratio "cpuInsufficentEventRatio": f32,
        device_clipping_event_ratio "deviceClippingEventRatio": f32,
        device_glitch_event_ratio "deviceGlitchEventRatio": f32,
        howling_event_count "howlingEventCount": i32,
        initial_signal_level_root_mean_square "initialSignalLevelRootMeanSquare": f32,
        low_speech_level_event_ratio "lowSpeechLevelEventRatio": f32,
        low_speech_to_noise_event_ratio "lowSpeechToNoiseEventRatio": f32,
        mic_glitch_rate "micGlitchRate": f32,
        received_noise_level "receivedNoiseLevel": i32,
        received_signal_level "receivedSignalLevel": i32,
        render_device_driver "renderDeviceDriver": String,
        render_device_name "renderDeviceName": String,
        render_mute_event_ratio "renderMuteEventRatio": f32,
        render_not_functioning_event_ratio "renderNotFunctioningEventRatio": f32,
        render_zero_volume_event_ratio "renderZeroVolumeEventRatio": f32,
        sent_noise_level "sentNoiseLevel": i32,
        sent_signal_level "sentSignalLevel": i32,
        speaker_glitch_rate "speakerGlitchRate": f32,
    }
    NetworkInfo {
        bandwidth_low_event_ratio "bandwidthLowEventRatio": f32,
        basic_service_set_identifier "basicServiceSetIdentifier": String,
        connection_type "connectionType": NetworkConnectionType,
        delay_event_ratio "delayEventRatio": f32,
        dns_suffix "dnsSuffix": String,
        ip_address "ipAddress": String,
        link_speed "linkSpeed": i64,
        mac_address "macAddress": String,
        network_transport_protocol "networkTransportProtocol": NetworkTransportProtocol,
        port "port": i32,
        received_quality_event_ratio "receivedQualityEventRatio": f32,
        reflexive_ip_address "reflexiveIPAddress": String,
        relay_ip_address "relayIPAddress": String,
        relay_port "relayPort": i32,
        sent_quality_event_ratio "sentQualityEventRatio": f32,
        subnet "subnet": String,
        trace_route_hops "traceRouteHops": Vec<TraceRouteHop>,
        wifi_band "wifiBand": WifiBand,
        wifi_battery_charge "wifiBatteryCharge": i32,
        wifi_channel "wifiChannel": i32,
        wifi_microsoft_driver "wifiMicrosoftDriver": String,
        wifi_microsoft_driver_version "wifiMicrosoftDriverVersion": String,
        wifi_radio_type "wifiRadioType": WifiRadioType,
        wifi_signal_strength "wifiSignalStrength": i32,
        wifi_vendor_driver "wifiVendorDriver": String,
        wifi_vendor_driver_version "wifiVendorDriverVersion": String,
    }
    TraceRouteHop { hop_count "hopCount": i32, ip_address "ipAddress": String, round_trip_time "roundTripTime": SignedDuration, }
    MediaStream {
        audio_codec "audioCodec": AudioCodec,
        average_audio_degradation "averageAudioDegradation": f32,
        average_audio_network_jitter "averageAudioNetworkJitter": SignedDuration,
        average_bandwidth_estimate "averageBandwidthEstimate": i64,
        average_freeze_duration "averageFreezeDuration": SignedDuration,
        average_jitter "averageJitter": SignedDuration,
        average_packet_loss_rate "averagePacketLossRate": f32,
        average_ratio_of_concealed_samples "averageRatioOfConcealedSamples": f32,
        average_received_frame_rate "averageReceivedFrameRate": f32,
        average_round_trip_time "averageRoundTripTime": SignedDuration,
        average_video_frame_loss_percentage "averageVideoFrameLossPercentage": f32,
        average_video_frame_rate "averageVideoFrameRate": f32,
        average_video_packet_loss_rate "averageVideoPacketLossRate": f32,
        end_date_time "endDateTime": Timestamp,
        is_audio_forward_error_correction_used "isAudioForwardErrorCorrectionUsed": bool,
        low_frame_rate_ratio "lowFrameRateRatio": f32,
        low_video_processing_capability_ratio "lowVideoProcessingCapabilityRatio": f32,
        max_audio_network_jitter "maxAudioNetworkJitter": SignedDuration,
        max_jitter "maxJitter": SignedDuration,
        max_packet_loss_rate "maxPacketLossRate": f32,
        max_ratio_of_concealed_samples "maxRatioOfConcealedSamples": f32,
        max_round_trip_time "maxRoundTripTime": SignedDuration,
        packet_utilization "packetUtilization": i64,
        post_forward_error_correction_packet_loss_rate "postForwardErrorCorrectionPacketLossRate": f32,
        rms_freeze_duration "rmsFreezeDuration": SignedDuration,
        start_date_time "startDateTime": Timestamp,
        stream_direction "streamDirection": MediaStreamDirection,
        stream_id "streamId": String,
        video_codec "videoCodec": VideoCodec,
        was_media_bypassed "wasMediaBypassed": bool,
    }
}

/// Boxed, as the generated variants are.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum Endpoint {
    #[serde(rename = "#microsoft.graph.callRecords.participantEndpoint")]
    Participant(Box<ParticipantEndpoint>),
    #[serde(rename = "#microsoft.graph.callRecords.serviceEndpoint")]
    Service(Box<ServiceEndpoint>),
    #[serde(rename = "#microsoft.graph.callRecords.endpoint")]
    Base(Box<EndpointBase>),
}

/// Boxed, as the generated variants are.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum UserAgent {
    #[serde(rename = "#microsoft.graph.callRecords.clientUserAgent")]
    Client(Box<ClientUserAgent>),
    #[serde(rename = "#microsoft.graph.callRecords.serviceUserAgent")]
    Service(Box<ServiceUserAgent>),
    #[serde(rename = "#microsoft.graph.callRecords.userAgent")]
    Base(Box<UserAgentBase>),
}

enums! {
    AudioCodec {
        Unknown Invalid Cn Pcma Pcmu AmrWide G722 G7221 G7221c G729 MultiChannelAudio Muchv2 Opus Satin SatinFullband
        RtAudio8 RtAudio16 Silk SilkNarrow SilkWide Siren XmsRta UnknownFutureValue
    }
    CallType { Unknown GroupCall PeerToPeer UnknownFutureValue }
    ClientPlatform {
        Unknown Windows MacOS IOS Android Web IpPhone RoomSystem SurfaceHub HoloLens UnknownFutureValue
    }
    FailureStage { Unknown CallSetup Midcall UnknownFutureValue }
    MediaStreamDirection { CallerToCallee CalleeToCaller }
    Modality { Audio Video VideoBasedScreenSharing Data ScreenSharing UnknownFutureValue }
    NetworkConnectionType { Unknown Wired Wifi Mobile Tunnel UnknownFutureValue }
    NetworkTransportProtocol { Unknown Udp Tcp UnknownFutureValue }
    ProductFamily { Unknown Teams SkypeForBusiness Lync UnknownFutureValue AzureCommunicationServices }
    ServiceRole { Unknown CustomBot MediationServer MediaController Gateway Voicemail UnknownFutureValue }
    UserFeedbackRating { NotRated Bad Poor Fair Good Excellent UnknownFutureValue }
    VideoCodec { Unknown Invalid Av1 H263 H264 H264s H264uc H265 Rtvc1 RtVideo Xrtvc1 UnknownFutureValue }
    WifiBand { Unknown Frequency24GHz Frequency50GHz Frequency60GHz UnknownFutureValue }
    WifiRadioType {
        Unknown Wifi80211a Wifi80211b Wifi80211g Wifi80211n Wifi80211ac Wifi80211ax UnknownFutureValue
    }
}
