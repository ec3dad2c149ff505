//! A server that records requests byte by byte and sends scripted responses.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread::{self, JoinHandle},
    time::Duration,
};

/// A server that handles one request after the other and then stops.
pub struct Server {
    pub address: SocketAddr,
    thread: JoinHandle<Vec<String>>,
}

impl Server {
    /// Starts a server with these responses. Each consists of a status, headers, an empty line and a body, without
    /// carriage returns in the head. `content-length` is added unless another header determines the length.
    /// `{address}` is replaced by the server's address.
    pub fn start(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let thread = thread::spawn(move || {
            let mut requests = Vec::new();
            let own = |answer: String| answer.replace("{address}", &address.to_string());
            let mut answers = answers.into_iter().map(own);
            let mut next = answers.next();
            while next.is_some() {
                let (stream, _) = listener.accept().expect("a connection");
                stream
                    .set_read_timeout(Some(Duration::from_secs(20)))
                    .expect("a time limit");
                let mut reader = BufReader::new(stream);
                while let Some(answer) = &next {
                    let Some(request) = read(&mut reader) else {
                        break;
                    };
                    if request.is_empty() {
                        return requests;
                    }
                    requests.push(request);
                    write(reader.get_mut(), answer);
                    let is_last = answer.contains("\nconnection: close\n");
                    next = answers.next();
                    if is_last {
                        break;
                    }
                }
            }
            requests
        });
        Server { address, thread }
    }

    /// Returns the received requests: method and target, sorted headers except those that every request has, an empty
    /// line, and the body with its chunks joined.
    pub fn requests(self) -> Vec<String> {
        if !self.thread.is_finished() {
            // If the client sent nothing, the server still waits for a connection.
            thread::sleep(Duration::from_millis(20));
            if !self.thread.is_finished() {
                let _ = TcpStream::connect(self.address)
                    .and_then(|mut stream| stream.write_all(b"\n\n"));
            }
        }
        self.thread.join().expect("no panic")
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        Some(line.trim_end().to_owned())
    };
    let first = line()?;
    let mut headers = Vec::new();
    loop {
        let line = line()?;
        if line.is_empty() {
            break;
        }
        headers.push(line);
    }
    if first.is_empty() {
        return Some(String::new());
    }
    let value = |name: &str| {
        let found = headers.iter().find_map(|header| header.strip_prefix(name));
        found
            .and_then(|value| value.strip_prefix(": "))
            .map(str::to_owned)
    };
    let mut body = Vec::new();
    if let Some(length) = value("content-length") {
        body = vec![0; length.parse().expect("a length")];
        reader.read_exact(&mut body).ok()?;
    } else if value("transfer-encoding").is_some() {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).ok()?;
            let size = usize::from_str_radix(size.trim_end(), 16).ok()?;
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).ok()?;
            body.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    }
    headers.retain(|header| {
        !header.starts_with("host: ")
            && !header.starts_with("user-agent: ")
            && !header.starts_with("accept-encoding: ")
            && header != "accept: */*"
    });
    headers.sort();
    let request = first.trim_end_matches(" HTTP/1.1");
    let mut text = format!("{request}\n");
    for header in headers {
        text.push_str(&format!("{header}\n"));
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(&body));
    Some(text)
}

fn write(stream: &mut TcpStream, answer: &str) {
    let (head, body) = answer.split_once("\n\n").unwrap_or((answer, ""));
    let mut text = format!(
        "HTTP/1.1 {} Status\r\n",
        head.lines().next().unwrap_or("200")
    );
    for header in head.lines().skip(1) {
        text.push_str(&format!("{header}\r\n"));
    }
    let bodiless = head.starts_with("204") || head.starts_with("304");
    if !bodiless && !head.contains("content-length") && !head.contains("transfer-encoding") {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    // The client may have closed the connection without reading the response.
    let _ = stream.write_all(format!("{text}\r\n{body}").as_bytes());
}
