//! A server on this machine that answers the three calls, and looks at what it is sent no more than it
//! must.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

const ITEM: &str = r#"{"id":"item_000017","name":"A thing to sell","price":12.5,"inStock":true,"tags":["one","two"],"note":"A line of text."}"#;

pub fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || serve(stream));
        }
    });
    address
}

/// Answers one request after the other, until the client has gone.
fn serve(stream: TcpStream) {
    stream.set_nodelay(true).expect("a socket");
    let answer = |status: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ndate: Sat, 03 Jan 2026 04:05:06 GMT\r\n\
             server: bench\r\nx-request-id: req_000017\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    };
    let page = format!(r#"{{"items":[{}],"next":"c2"}}"#, [ITEM; 20].join(","));
    let answers = [
        ("GET /v1/items/", answer("200 OK", ITEM)),
        ("GET /v1/items?", answer("200 OK", &page)),
        ("POST /v1/items ", answer("201 Created", ITEM)),
    ];
    let mut reader = BufReader::new(stream);
    let mut body = Vec::new();
    while let Some((request, length)) = head(&mut reader) {
        body.resize(length, 0);
        reader.read_exact(&mut body).expect("a body");
        let found = answers.iter().find(|(line, _)| request.starts_with(line));
        let (_, answer) = found.expect("a call of the description");
        let sent = reader.get_mut().write_all(answer.as_bytes());
        sent.expect("a client that listens");
    }
}

/// The first line of a request, and the length of its body; `None` at the end.
fn head(reader: &mut BufReader<TcpStream>) -> Option<(String, usize)> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        if line.trim_end().is_empty() {
            return Some((first, length));
        }
        if let Some(text) = line.strip_prefix("content-length: ") {
            length = text.trim_end().parse().ok()?;
        }
    }
}
