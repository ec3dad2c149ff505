//! A server without buffers: it sums up received bytes and computes the bytes it sends.

use std::io::Write;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Barrier;

/// The length of the accept queue.
const BACKLOG: u32 = 16_384;

/// Prints its address and serves until the process ends.
pub async fn run(calls: usize) {
    let socket = TcpSocket::new_v4().expect("a socket");
    let any = ([127, 0, 0, 1], 0).into();
    socket.bind(any).expect("a free port");
    let listener = socket.listen(BACKLOG).expect("a listener");
    println!("{}", listener.local_addr().expect("an address"));
    std::io::stdout().flush().expect("a reader");
    let all = Arc::new(Barrier::new(calls));
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let all = Arc::clone(&all);
        tokio::spawn(async move { serve(stream, &all).await });
    }
}

/// Handles one request after the other. Returns `None` once the client has closed the connection.
async fn serve(stream: TcpStream, all: &Barrier) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    loop {
        let (path, length) = head(&mut reader).await?;
        if let Some(id) = path.strip_prefix("/items/") {
            if !id.starts_with('-') {
                all.wait().await;
            }
            answer(&mut writer, &format!(r#"{{"id":{id}}}"#)).await?;
        } else if let Some(length) = path.strip_prefix("/files/") {
            send(&mut writer, length.parse().ok()?).await?;
        } else {
            let (length, sum) = receive(&mut reader, length).await?;
            let body = format!(r#"{{"length":{length},"sum":{sum}}}"#);
            answer(&mut writer, &body).await?;
        }
    }
}

/// Returns the path of a request, and the length of its body if there is a `content-length`.
async fn head(reader: &mut BufReader<OwnedReadHalf>) -> Option<(String, Option<u64>)> {
    let first = line(reader).await?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut length = None;
    loop {
        let line = line(reader).await?;
        if line.is_empty() {
            return Some((path, length));
        }
        if let Some(text) = line.strip_prefix("content-length: ") {
            length = Some(text.parse().ok()?);
        }
    }
}

async fn line(reader: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut line = String::new();
    let read = reader.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

async fn answer(writer: &mut OwnedWriteHalf, body: &str) -> Option<()> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
    writer
        .write_all(format!("{head}{body}").as_bytes())
        .await
        .ok()
}

/// Returns the length and the sum of a body, which is chunked if it has no length.
async fn receive(reader: &mut BufReader<OwnedReadHalf>, length: Option<u64>) -> Option<(u64, u64)> {
    if let Some(length) = length {
        return Some((length, add(reader, length).await?));
    }
    let (mut whole, mut sum) = (0, 0);
    loop {
        let chunk = u64::from_str_radix(&line(reader).await?, 16).ok()?;
        whole += chunk;
        sum += add(reader, chunk).await?;
        line(reader).await?;
        if chunk == 0 {
            return Some((whole, sum));
        }
    }
}

/// Returns the sum of the next `left` bytes.
async fn add(reader: &mut BufReader<OwnedReadHalf>, mut left: u64) -> Option<u64> {
    let mut total = 0;
    let mut buffer = vec![0; 64 * 1024];
    while left > 0 {
        let most = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let read = reader.read(&mut buffer[..most]).await.ok()?;
        if read == 0 {
            return None;
        }
        total += sum(&buffer[..read]);
        left -= read as u64;
    }
    Some(total)
}

/// Sends `length` bytes.
async fn send(writer: &mut OwnedWriteHalf, length: u64) -> Option<()> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
    writer.write_all(head.as_bytes()).await.ok()?;
    let mut at = 0;
    while at < length {
        let piece = pattern(at);
        let most = usize::try_from(length - at).unwrap_or(usize::MAX);
        let piece = &piece[..piece.len().min(most)];
        writer.write_all(piece).await.ok()?;
        at += piece.len() as u64;
    }
    Some(())
}

/// Returns some bytes of a body from an offset on: 0, 1, … 255, 0, ….
pub fn pattern(at: u64) -> &'static [u8] {
    static PATTERN: [u8; 64 * 1024] = {
        let mut bytes = [0; 64 * 1024];
        let mut index = 0;
        while index < bytes.len() {
            bytes[index] = (index % 256) as u8;
            index += 1;
        }
        bytes
    };
    &PATTERN[(at % 256) as usize..]
}

pub fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte)).sum()
}
