//! TLS with a private certificate authority: client certificates, and what is sent after a redirect.

use crate::{
    server::{Answer, Received, Server, answer},
    told,
};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair,
};
use security::{Client, ClientBuilder, Error, RetryPolicy, transport::ReqwestTransport};
use std::{sync::Arc, time::Duration};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer,
        server::WebPkiClientVerifier,
    },
};

pub async fn all() {
    a_server_is_trusted_by_its_authority().await;
    a_client_shows_its_certificate().await;
    a_redirect_within_an_origin_keeps_credentials().await;
    a_redirect_to_another_origin_drops_credentials().await;
    a_certificate_is_shown_to_no_other_origin().await;
    no_redirect_leads_out_of_tls().await;
}

/// A certificate authority.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    fn sign(&self, name: &str, purpose: ExtendedKeyUsagePurpose) -> (rcgen::Certificate, KeyPair) {
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        params.extended_key_usages.push(purpose);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        (certificate, key)
    }

    /// Returns a client certificate with its key, as PEM.
    fn client(&self) -> String {
        let (certificate, key) = self.sign("client", ExtendedKeyUsagePurpose::ClientAuth);
        format!("{}{}", key.serialize_pem(), certificate.pem())
    }

    /// Returns TLS settings for a server at 127.0.0.1. It requires certificates of `clients` if that is given.
    fn acceptor(&self, clients: Option<&Authority>) -> TlsAcceptor {
        let (certificate, key) = self.sign("127.0.0.1", ExtendedKeyUsagePurpose::ServerAuth);
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone());
        let builder = builder
            .with_safe_default_protocol_versions()
            .expect("versions");
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(clients) => {
                let mut roots = RootCertStore::empty();
                roots.add(clients.0.der().clone()).expect("a root");
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                let verifier = verifier.build();
                builder.with_client_cert_verifier(verifier.expect("a verifier"))
            }
        };
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = builder.with_single_cert(vec![certificate.der().clone()], key);
        TlsAcceptor::from(Arc::new(config.expect("a configuration")))
    }

    async fn server(
        &self,
        answer: impl Fn(&Received, usize) -> Answer + Send + Sync + 'static,
    ) -> Server {
        Server::with_tls(Some(self.acceptor(None)), answer).await
    }

    /// Returns a builder that trusts servers of this authority.
    fn builder(&self, server: &Server, certificate: Option<&str>) -> ClientBuilder {
        let mut transport = ReqwestTransport::builder().root_certificates(self.0.pem());
        if let Some(pem) = certificate {
            transport = transport.client_certificate(pem);
        }
        Client::builder()
            .base_url(format!("https://{}/v1", server.address))
            .transport(transport.build().expect("a transport"))
            .retry(RetryPolicy::new(3).initial_backoff(Duration::from_millis(1)))
            .api_key("SECRET")
    }
}

fn fine(_: &Received, _: usize) -> Answer {
    answer(200, "fine")
}

fn redirect(to: &str) -> Answer {
    Answer {
        headers: format!("location: {to}\r\n"),
        ..answer(302, "")
    }
}

async fn a_server_is_trusted_by_its_authority() {
    let authority = Authority::new("one");
    let server = authority.server(fine).await;
    let client = authority.builder(&server, None).build().expect("a client");
    client.things().open().await.expect("an answer");
    assert_eq!(server.received().len(), 1);

    let other = Authority::new("another");
    let client = other.builder(&server, None).build().expect("a client");
    let error = client.things().open().await.expect_err("no trust");
    assert!(
        error.is_connect() && !error.may_have_reached_server(),
        "{}",
        told(&error)
    );
    // Only rustls uses this word, which proves which TLS implementation is in use.
    let by_rustls = told(&error).contains("UnknownIssuer");
    assert_eq!(
        by_rustls,
        cfg!(not(feature = "native-tls")),
        "{}",
        told(&error)
    );
    assert_eq!(server.received().len(), 1);
}

async fn a_client_shows_its_certificate() {
    let (authority, clients) = (Authority::new("servers"), Authority::new("clients"));
    let acceptor = authority.acceptor(Some(&clients));
    let server = Server::with_tls(Some(acceptor), fine).await;
    let certificate = clients.client();
    let client = authority.builder(&server, Some(&certificate)).build();
    let things = client.expect("a client").things();
    things.get_mutual().await.expect("an answer");
    things.post_mutual().await.expect("an answer");
    assert_eq!(server.count("POST /v1/mutual/post"), 1);

    let stranger = Authority::new("strangers").client();
    for certificate in [None, Some(&*stranger)] {
        let client = authority.builder(&server, certificate).build();
        let things = client.expect("a client").things();
        let refusals = [things.get_mutual().await, things.post_mutual().await];
        for refusal in refusals {
            let error = refusal.expect_err("no certificate");
            // With TLS 1.3, a client sends its request before it learns that the server rejects its certificate.
            let is_told = matches!(error, Error::Connect(_) | Error::Transport(_));
            assert!(is_told, "{}", told(&error));
        }
    }
    assert_eq!(server.received().len(), 2, "nobody else gets in");
}

async fn a_redirect_within_an_origin_keeps_credentials() {
    let authority = Authority::new("one");
    let respond = |request: &Received, _: usize| match request.line.contains("moved") {
        true => answer(200, "fine"),
        false => redirect("/moved"),
    };
    let server = authority.server(respond).await;
    let client = authority.builder(&server, None).build().expect("a client");
    client.things().get_header().await.expect("an answer");
    let keys: Vec<_> = server
        .received()
        .iter()
        .map(|one| one.header("x-key").map(str::to_owned))
        .collect();
    assert_eq!(keys, [Some("SECRET".to_owned()), Some("SECRET".to_owned())]);
}

async fn a_redirect_to_another_origin_drops_credentials() {
    let authority = Authority::new("one");
    let other = authority.server(fine).await;
    let target = format!("https://{}/moved", other.address);
    let server = authority.server(move |_, _| redirect(&target)).await;
    let builder = authority
        .builder(&server, None)
        .default_header("x-private", "SECRET");
    let client = builder
        .in_query("SECRET")
        .in_cookie("SECRET")
        .build()
        .expect("a client");
    let things = client.things();
    things.get_header().await.expect("an answer");
    things.get_cookie().await.expect("an answer");
    things.query().await.expect("an answer");
    let seen = other.received();
    assert_eq!(seen.len(), 3);
    assert!(!format!("{seen:?}").contains("SECRET"), "{seen:?}");
    assert!(format!("{:?}", server.received()).contains("SECRET"));
}

async fn a_certificate_is_shown_to_no_other_origin() {
    let (authority, clients) = (Authority::new("servers"), Authority::new("clients"));
    let other = Server::with_tls(Some(authority.acceptor(Some(&clients))), fine).await;
    let target = format!("https://{}/moved", other.address);
    let server = authority.server(move |request, _| match request.line.contains("mutual") {
        true => redirect(&target),
        false => redirect("/v1/mutual"),
    });
    let server = server.await;
    let certificate = clients.client();
    let client = authority.builder(&server, Some(&certificate)).build();
    let error = client
        .expect("a client")
        .things()
        .open()
        .await
        .expect_err("a redirect");
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(302),
        "{}",
        told(&error)
    );
    assert_eq!(
        server.received().len(),
        2,
        "within the origin it is followed"
    );
    assert!(other.received().is_empty());
}

async fn no_redirect_leads_out_of_tls() {
    let authority = Authority::new("one");
    let plain = Server::start(fine).await;
    // Not even to the same machine.
    let target = format!("http://{}/moved", plain.address);
    let server = authority.server(move |_, _| redirect(&target)).await;
    for is_allowed in [false, true] {
        let mut builder = authority.builder(&server, None);
        if is_allowed {
            builder = builder.allow_insecure_http();
        }
        let client = builder.build().expect("a client");
        let error = client.things().get_header().await.expect_err("a redirect");
        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(302),
            "{}",
            told(&error)
        );
    }
    assert!(plain.received().is_empty(), "{:?}", plain.received());
    assert_eq!(server.received().len(), 2);
}
