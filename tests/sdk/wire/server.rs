//! A small HTTP/1.1 server on a loopback port, with scripted responses and faults.
//!
//! It uses the standard library alone, because an HTTP library would correct the faults that a test asks for.

use std::{
    collections::VecDeque,
    io::{ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// The server's action when a request arrives.
#[derive(Clone, Debug)]
pub enum Act {
    /// Responds, and keeps the connection open.
    Reply(u16, &'static [(&'static str, &'static str)], String),
    /// Responds, and closes the connection without announcing it.
    ReplyThenClose(u16, String),
    /// Sends these bytes as the response, and closes the connection.
    Raw(String),
    /// Sends these bytes, then nothing, and leaves the connection open.
    RawThenStall(String),
    /// Resets the connection before reading the request.
    ResetUnread,
    /// Reads the head, and resets the connection before reading the body. Without a body, the connection is closed.
    ResetAfterHead,
    /// Reads the request, and closes the connection.
    CloseAfterRequest,
    /// Reads the request, and never responds.
    Stall,
}

impl Act {
    pub fn json(status: u16, body: &str) -> Self {
        Self::Reply(
            status,
            &[("content-type", "application/json")],
            body.to_owned(),
        )
    }
}

/// A request whose head was read in full.
#[derive(Clone, Debug, Default)]
pub struct Received {
    pub method: String,
    /// Path and query, as received.
    pub target: String,
    /// Headers with lower-case names, in the order of arrival.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} is there twice");
        value
    }
}

struct Shared {
    script: Mutex<VecDeque<Act>>,
    finally: Act,
    received: Mutex<Vec<Received>>,
    /// How often the first bytes of a request arrived, read or not.
    arrivals: AtomicUsize,
    connections: AtomicUsize,
    /// How many connections the client closed before the response.
    given_up: AtomicUsize,
    stop: AtomicBool,
}

pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Server {
    /// Starts a server that performs `script`, one action for each request, and then `finally` for all others.
    pub fn start(script: Vec<Act>, finally: Act) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        Self::on(listener, script, finally)
    }

    pub fn on(listener: TcpListener, script: Vec<Act>, finally: Act) -> Self {
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            script: Mutex::new(script.into()),
            finally,
            received: Mutex::default(),
            arrivals: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            given_up: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let server = Self {
            address,
            shared: Arc::clone(&shared),
        };
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stop.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.serve(stream));
            }
        });
        server
    }

    pub fn always(act: Act) -> Self {
        Self::start(Vec::new(), act)
    }

    /// Returns the base URL, with the API's path.
    pub fn base_url(&self) -> String {
        format!("http://{}/api/v1", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().expect("no panic").clone()
    }

    pub fn arrivals(&self) -> usize {
        self.shared.arrivals.load(Ordering::SeqCst)
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    pub fn given_up(&self) -> usize {
        self.shared.given_up.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) {
        // Threads must end even if a test fails.
        let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
        let _ = stream.set_nodelay(true);
        let mut first = [0];
        while matches!(stream.peek(&mut first), Ok(1)) {
            self.arrivals.fetch_add(1, Ordering::SeqCst);
            let next = self.script.lock().expect("no panic").pop_front();
            let act = next.unwrap_or_else(|| self.finally.clone());
            if !self.perform(&act, &mut stream) {
                return;
            }
        }
    }

    /// Returns whether the connection stays open.
    fn perform(&self, act: &Act, stream: &mut TcpStream) -> bool {
        // Closing a socket that holds unread bytes resets the connection.
        if matches!(act, Act::ResetUnread) {
            return false;
        }
        let Some(mut request) = read_head(stream) else {
            return false;
        };
        let length = request.header("content-length").map_or(0, |length| {
            length.parse().expect("content-length is a number")
        });
        let at = {
            let mut received = self.received.lock().expect("no panic");
            received.push(request.clone());
            received.len() - 1
        };
        if matches!(act, Act::ResetAfterHead) {
            // Without at least one byte of the body, closing would not reset the connection.
            if length > 0 {
                let _ = stream.peek(&mut [0]);
            }
            return false;
        }
        request.body = vec![0; length];
        if stream.read_exact(&mut request.body).is_err() {
            return false;
        }
        self.received.lock().expect("no panic")[at] = request;
        self.answer(act, stream)
    }

    fn answer(&self, act: &Act, stream: &mut TcpStream) -> bool {
        match act {
            Act::Reply(status, headers, body) => {
                let _ = stream.write_all(message(*status, headers, body).as_bytes());
                true
            }
            Act::ReplyThenClose(status, body) => {
                let _ = stream.write_all(message(*status, &[], body).as_bytes());
                let _ = stream.shutdown(Shutdown::Both);
                false
            }
            Act::Raw(text) => {
                let _ = stream.write_all(text.as_bytes());
                false
            }
            Act::RawThenStall(text) => {
                let _ = stream.write_all(text.as_bytes());
                self.wait_for_close(stream)
            }
            Act::Stall => self.wait_for_close(stream),
            Act::CloseAfterRequest | Act::ResetUnread | Act::ResetAfterHead => false,
        }
    }

    fn wait_for_close(&self, stream: &mut TcpStream) -> bool {
        let end = loop {
            match stream.read(&mut [0; 64]) {
                Ok(1..) => {}
                end => break end,
            }
        };
        let is_late = |kind| matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut);
        if !end.is_err_and(|error| is_late(error.kind())) {
            self.given_up.fetch_add(1, Ordering::SeqCst);
        }
        false
    }
}

fn message(status: u16, headers: &[(&str, &str)], body: &str) -> String {
    let mut text = format!(
        "HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text + "\r\n" + body
}

fn read_head(stream: &mut TcpStream) -> Option<Received> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("an ASCII head");
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let mut request = Received {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        ..Received::default()
    };
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').expect("a header");
        request
            .headers
            .push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Some(request)
}
