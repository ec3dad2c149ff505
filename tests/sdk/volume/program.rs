//! Sends and receives large bodies, and many requests at once, through one client. The server is another process, so
//! that this process's memory is the client's.
//!
//! `volume-calls BYTES CALLS`

mod memory;
mod server;

use memory::peak;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::JoinSet;
use volume::transport::Body;
use volume::{Client, Error};

/// The memory that a body may take in addition to the client's: socket buffers of both sides, and what the allocator
/// caches.
const BUFFERS: u64 = 8 << 20;
/// The bytes by which two measurements may differ, independent of the number of requests.
const LEFT: i64 = 64 << 10;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    match &arguments[..] {
        [server, calls] if server == "server" => {
            runtime.block_on(server::run(calls.parse().expect("a number")));
        }
        [bytes, calls] => {
            let bytes = bytes.parse().expect("a number");
            let mut server = start(calls);
            let calls = calls.parse().expect("a number");
            runtime.block_on(everything(&client(&mut server), bytes, calls));
            server.kill().expect("the server is there");
            server.wait().expect("the server ends");
        }
        _ => panic!("volume-calls BYTES CALLS"),
    }
}

/// Starts the same program as a server, in another process.
fn start(calls: &str) -> Child {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.args(["server", calls]).stdout(Stdio::piped());
    command.spawn().expect("a server")
}

fn client(server: &mut Child) -> Client {
    let output = server.stdout.take().expect("a pipe");
    let mut address = String::new();
    let read = BufReader::new(output).read_line(&mut address);
    read.expect("an address");
    let patience = Duration::from_secs(300);
    let builder = Client::builder().base_url(format!("http://{}", address.trim()));
    let builder = builder.timeout(patience).total_timeout(patience);
    builder.build().expect("a client")
}

async fn everything(client: &Client, bytes: u64, calls: u64) {
    // The first request sets up the client, which is not to be counted as memory of a body.
    client.items().get(-1).await.expect("an answer");
    within("upload from a reader", BUFFERS, bytes, async || {
        let body = Body::from_reader(Pattern { at: 0, end: bytes });
        sent(client, body, bytes, sum(bytes)).await
    })
    .await;
    let path = std::env::temp_dir().join(format!("volume-{}.bin", std::process::id()));
    let file = fs::File::create(&path).expect("a file");
    // A sparse file: it has a length, but takes no space on disk.
    file.set_len(bytes).expect("a length");
    within("upload of a file", BUFFERS, bytes, async || {
        let body = Body::from_path(&path).await.expect("a file");
        sent(client, body, bytes, 0).await
    })
    .await;
    fs::remove_file(&path).expect("the file");
    within("download", BUFFERS, bytes, async || {
        let mut download = client.files().download(bytes as i64).send_stream().await?;
        let (mut length, mut found) = (0, 0);
        while let Some(chunk) = download.chunk().await? {
            length += chunk.len() as u64;
            found += server::sum(&chunk);
        }
        assert_eq!((length, found), (bytes, sum(bytes)), "what arrived");
        Ok(())
    })
    .await;

    let before = peak();
    let start = Instant::now();
    round(client, calls).await;
    let (more, live) = (peak() - before, memory::live());
    println!(
        "{calls} calls at once: {:.1} s, {:.1} MiB more, {:.1} KiB a call",
        start.elapsed().as_secs_f64(),
        mebi(more),
        more as f64 / 1024.0 / calls as f64
    );
    // A second round of equal size must reuse the memory of the first, except for fragmentation, which levels off.
    let allowed = more / 10 + (2 << 20);
    for _ in 0..3 {
        within("as many again", allowed, 0, async || {
            round(client, calls).await;
            Ok(())
        })
        .await;
        let left = memory::live() - live;
        println!("which leave {left} bytes");
        assert!(left < LEFT, "calls that are over hold {left} bytes");
    }
}

/// Sends requests at once. The server responds only after all have arrived.
async fn round(client: &Client, calls: u64) {
    let mut running = JoinSet::new();
    for id in 0..calls as i64 {
        let client = client.clone();
        running.spawn(async move { (id, client.items().get(id).await) });
    }
    let mut answered = 0;
    while let Some(done) = running.join_next().await {
        let (id, item) = done.expect("no panic");
        assert_eq!(item.expect("an answer").id, id, "the answer of its call");
        answered += 1;
    }
    assert_eq!(answered, calls, "nothing is lost");
}

async fn sent(client: &Client, body: Body, length: u64, sum: u64) -> Result<(), Error> {
    let receipt = client.files().upload(body).await?;
    let expected = (length as i64, sum as i64);
    assert_eq!((receipt.length, receipt.sum), expected, "what was sent");
    Ok(())
}

/// Runs a future and checks by how much it raises the peak memory of this process.
async fn within(
    what: &str,
    allowed: u64,
    bytes: u64,
    work: impl AsyncFnOnce() -> Result<(), Error>,
) {
    let before = peak();
    let start = Instant::now();
    work().await.expect(what);
    let more = peak() - before;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{what}: {:.1} MiB in {seconds:.1} s, {:.1} MiB of memory more, {:.1} in all",
        mebi(bytes),
        mebi(more),
        mebi(peak())
    );
    assert!(more <= allowed, "{what}: at most {:.1} MiB", mebi(allowed));
}

fn mebi(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// A reader of the bytes 0, 1, … 255, 0, … up to a length.
struct Pattern {
    at: u64,
    end: u64,
}

fn sum(length: u64) -> u64 {
    let rest = length % 256;
    length / 256 * (255 * 128) + rest * (rest.saturating_sub(1)) / 2
}

impl AsyncRead for Pattern {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let pattern = server::pattern(self.at);
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let length = left.min(buffer.remaining()).min(pattern.len());
        buffer.put_slice(&pattern[..length]);
        self.at += length as u64;
        Poll::Ready(Ok(()))
    }
}
