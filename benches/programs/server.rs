//! A local server for the three requests. It parses no more than necessary, and does not allocate once a connection
//! is open.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ITEM: &str = r#"{"id":"item_000017","name":"A thing to sell","price":12.5,"inStock":true,"tags":["one","two"],"note":"A line of text."}"#;

/// Starts the server as a task of this runtime: on the client's thread, so that switches between processors do not
/// count as the cost of a request.
pub async fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}

/// Handles one request after the other, until the client closes the connection.
async fn serve(mut stream: TcpStream) {
    stream.set_nodelay(true).expect("a socket");
    let page = format!(r#"{{"items":[{}],"next":"c2"}}"#, [ITEM; 20].join(","));
    let answers = [
        (&b"GET /v1/items/"[..], answer("200 OK", ITEM)),
        (b"GET /v1/items?", answer("200 OK", &page)),
        (b"POST /v1/items ", answer("201 Created", ITEM)),
    ];
    let mut request = [0; 4096];
    let mut length = 0;
    while let Ok(read @ 1..) = stream.read(&mut request[length..]).await {
        length += read;
        if !is_whole(&request[..length]) {
            continue;
        }
        let found = answers.iter().find(|(line, _)| request.starts_with(line));
        let (_, answer) = found.expect("a call of the description");
        let sent = stream.write_all(answer.as_bytes()).await;
        sent.expect("a client that listens");
        length = 0;
    }
}

fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ndate: Sat, 03 Jan 2026 04:05:06 GMT\r\n\
         server: bench\r\nx-request-id: req_000017\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// Returns whether the head of a request and its whole body have arrived.
fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let name = b"content-length: ";
    let head = &request[..end];
    let at = head.windows(name.len()).position(|text| text == name);
    let digits = at.map_or(&[][..], |at| &head[at + name.len()..]);
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    let length = digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
    request.len() >= end + 4 + length
}
