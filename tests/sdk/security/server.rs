//! A server that computes each response by a function of the request, and counts requests.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

/// A request: its first line without the version, its headers as received, and its body.
#[derive(Clone, Debug, Default)]
pub struct Received {
    pub line: String,
    pub headers: Vec<String>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let prefix = format!("{name}: ");
        let mut headers = self.headers.iter();
        headers.find_map(|header| header.strip_prefix(&*prefix))
    }
}

pub struct Answer {
    pub status: u16,
    pub headers: String,
    pub body: Vec<u8>,
    pub delay: Duration,
}

pub fn answer(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer {
        status,
        headers: "content-type: application/json\r\n".to_owned(),
        body: body.into(),
        delay: Duration::ZERO,
    }
}

pub struct Server {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub async fn start(
        answer: impl Fn(&Received, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::with_tls(None, answer).await
    }

    /// Starts the server behind TLS. Connections whose handshake fails are dropped.
    pub async fn with_tls(
        tls: Option<TlsAcceptor>,
        answer: impl Fn(&Received, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let received = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (received.clone(), Arc::new(answer));
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                count.fetch_add(1, Ordering::Relaxed);
                let (tls, log, answer) = (tls.clone(), log.clone(), answer.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, log, answer).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, log, answer).await;
                            }
                        }
                    }
                });
            }
        });
        Self {
            address,
            received,
            connections,
        }
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no panic").clone()
    }

    /// Returns how many requests had this first line.
    pub fn count(&self, line: &str) -> usize {
        self.received()
            .iter()
            .filter(|one| one.line == line)
            .count()
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    log: Arc<Mutex<Vec<Received>>>,
    respond: Arc<impl Fn(&Received, usize) -> Answer>,
) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await {
        let number = {
            let mut log = log.lock().expect("no panic");
            log.push(request.clone());
            log.iter().filter(|one| one.line == request.line).count()
        };
        let answer = respond(&request, number);
        tokio::time::sleep(answer.delay).await;
        let head = format!(
            "HTTP/1.1 {} Status\r\n{}content-length: {}\r\n\r\n",
            answer.status,
            answer.headers,
            answer.body.len(),
        );
        let message = [head.as_bytes(), &answer.body].concat();
        if stream.write_all(&message).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut BufReader<impl AsyncRead + Unpin>) -> Option<Received> {
    let mut request = Received::default();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        match (request.line.is_empty(), line.is_empty()) {
            (true, _) => request.line = line.trim_end_matches(" HTTP/1.1").to_owned(),
            (false, false) => request.headers.push(line),
            (false, true) => break,
        }
    }
    let length = request.header("content-length").unwrap_or("0");
    let mut body = vec![0; length.parse().expect("a length")];
    stream.read_exact(&mut body).await.ok()?;
    request.body = String::from_utf8(body).expect("text");
    Some(request)
}
