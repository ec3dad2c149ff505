//! `login` by OAuth 2.0, against an authorization server on 127.0.0.1.

use super::corpus::{built, shop};
use super::server::{Answer, Received, Server};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

const JSON: &str = "Content-Type: application/json\r\n";

fn answer(status: u16, body: Value) -> Answer {
    (status, JSON, body.to_string())
}

/// Returns the parameters of a query or a form.
fn parameters(query: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'%' => {
                    let digits = [rest.next().unwrap(), rest.next().unwrap()];
                    u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
                }
                byte => byte,
            });
        }
        String::from_utf8(bytes).unwrap()
    };
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// A place where the program of the club runs: a folder for its configuration, and a server of the API and of tokens.
struct Club {
    folder: tempfile::TempDir,
    server: Server,
    program: PathBuf,
}

/// A login that waits for its user.
struct Waiting {
    child: Child,
    messages: BufReader<ChildStderr>,
    /// What was printed so far.
    text: String,
    /// The parameters of the page.
    page: BTreeMap<String, String>,
}

impl Club {
    fn new(answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        Club {
            folder: tempfile::tempdir().unwrap(),
            server: Server::start(answer),
            program: built(shop(), "club"),
        }
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(line.split_whitespace())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PATH", self.folder.path())
            .env("CLUB_BASE_URL", format!("{}/v1", self.server.url))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a line and returns its exit code and its output.
    fn run(&self, line: &str) -> (i32, String) {
        output(self.command(line))
    }

    /// Starts a login in a browser, and reads the page that it prints.
    fn log_in(&self, flags: &str) -> Waiting {
        let line = format!("login --client-id app --no-browser {flags}");
        let mut child = self.command(&line).spawn().unwrap();
        let mut messages = BufReader::new(child.stderr.take().unwrap());
        let mut text = String::new();
        let start = format!("  {}/oauth/authorize?kind=app&", self.server.url);
        let page = loop {
            let mut line = String::new();
            assert!(messages.read_line(&mut line).unwrap() > 0, "{text}");
            text.push_str(&line);
            if let Some(query) = line.strip_prefix(&start) {
                break parameters(query.trim_end());
            }
        };
        Waiting {
            child,
            messages,
            text,
            page,
        }
    }

    /// Stores tokens as a login does.
    fn store(&self, tokens: Value) {
        let folder = self.folder.path().join(".config/club");
        std::fs::create_dir_all(&folder).unwrap();
        let mut tokens = tokens;
        tokens["client_id"] = "app".into();
        tokens["refresh_url"] = format!("{}/oauth/refresh", self.server.url).into();
        let profiles = json!({"default": {"credentials": {"access_token": tokens}}});
        std::fs::write(folder.join("credentials.json"), profiles.to_string()).unwrap();
    }

    fn stored(&self) -> Value {
        let file = self.folder.path().join(".config/club/credentials.json");
        let text = std::fs::read_to_string(file).unwrap_or_else(|_| "{}".to_owned());
        let profiles: Value = serde_json::from_str(&text).unwrap();
        profiles["default"]["credentials"]["access_token"].clone()
    }
}

fn output(mut command: Command) -> (i32, String) {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    assert!(!text.contains("secret"), "a secret is shown:\n{text}");
    (output.status.code().unwrap_or(-1), text)
}

impl Waiting {
    /// Requests a page of the program as a browser does, and returns the status and the page.
    fn browse(&self, target: &str) -> (u16, String) {
        let redirect = &self.page["redirect_uri"];
        let address = redirect.strip_prefix("http://").unwrap();
        let address = address.strip_suffix("/callback").unwrap();
        assert!(address.starts_with("127.0.0.1:"), "{address}");
        let mut stream = TcpStream::connect(address).unwrap();
        let request = format!("GET {target} HTTP/1.1\r\nHost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let status = response.split(' ').nth(1).unwrap().parse().unwrap();
        (status, response)
    }

    /// Follows the redirect of the authorization server with these parameters and the state of the login.
    fn redirect(&self, parameters: &str) -> (u16, String) {
        self.browse(&format!(
            "/callback?{parameters}&state={}",
            self.page["state"]
        ))
    }

    /// Returns the exit code and the messages.
    fn end(mut self) -> (i32, String) {
        self.messages.read_to_string(&mut self.text).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        assert!(!self.text.contains("secret"), "{}", self.text);
        (code, self.text)
    }
}

/// Answers as an authorization server: the verifier has to be that of the challenge.
fn server(challenge: Arc<Mutex<String>>) -> impl Fn(&Received) -> Answer {
    move |received| match &*received.line {
        "POST /oauth/token" => {
            let form = parameters(&received.body);
            let hash = Sha256::digest(form["code_verifier"].as_bytes());
            let is_right = base64url(&hash) == *challenge.lock().unwrap();
            match is_right && form["code"] == "secret code" && form["client_id"] == "app" {
                true => answer(
                    200,
                    json!({"access_token": "secret-a1", "token_type": "bearer", "expires_in": 3600,
                        "refresh_token": "secret-r1", "scope": "read write"}),
                ),
                false => answer(400, json!({"error": "invalid_grant"})),
            }
        }
        "GET /v1/me" => answer(200, json!({"name": received.header("authorization")})),
        _ => answer(404, json!({})),
    }
}

fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for index in 0..=chunk.len() {
            text.push(char::from(
                ALPHABET[(bits >> (18 - 6 * index)) as usize & 63],
            ));
        }
    }
    text
}

/// Starts a login at a server that expects the verifier of its challenge.
fn begun() -> (Club, Waiting) {
    let challenge = Arc::<Mutex<String>>::default();
    let club = Club::new(server(challenge.clone()));
    let login = club.log_in("");
    challenge
        .lock()
        .unwrap()
        .clone_from(&login.page["code_challenge"]);
    (club, login)
}

#[test]
fn a_browser_brings_the_code() {
    let (club, login) = begun();
    let expected = ["code", "app", "S256", "read write offline_access"];
    let names = [
        "response_type",
        "client_id",
        "code_challenge_method",
        "scope",
    ];
    assert_eq!(names.map(|name| &*login.page[name]), expected);
    // A browser opens connections on which it sends nothing, and asks for an icon.
    let address = &login.page["redirect_uri"]["http://".len()..];
    let idle = TcpStream::connect(address.strip_suffix("/callback").unwrap()).unwrap();
    assert_eq!(login.browse("/favicon.ico").0, 404);
    let (status, page) = login.redirect("code=secret%20code");
    assert!(
        status == 200 && page.contains("You are logged in"),
        "{page}"
    );
    drop(idle);
    let (code, text) = login.end();
    assert!(
        code == 0 && text.contains("stored the access token of the profile `default`"),
        "{text}"
    );
    assert!(text.contains("not granted: offline_access"), "{text}");
    let stored = club.stored();
    assert_eq!(
        (&stored["access_token"], &stored["refresh_token"]),
        (&json!("secret-a1"), &json!("secret-r1"))
    );
    assert_eq!(
        stored["refresh_url"],
        format!("{}/oauth/refresh", club.server.url)
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = club.folder.path().join(".config/club/credentials.json");
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    club.server.take();
    let output = club.command("whoami").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("Bearer secret-a1"));
    // The variable of the environment takes precedence.
    let output = club
        .command("whoami")
        .env("CLUB_API_KEY", "own")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("Bearer own"));
    let (_, text) = club.run("whoami --verbose --query $.none");
    assert!(text.contains("> authorization: ***"), "{text}");
    let (_, text) = club.run("whoami --dry-run");
    assert!(text.contains("$CLUB_API_KEY"), "{text}");
}

#[test]
fn the_response_to_another_login_is_ignored() {
    let (club, login) = begun();
    for query in [
        "code=secret&state=other",
        "code=secret",
        "error=access_denied&state=",
    ] {
        let (status, page) = login.browse(&format!("/callback?{query}"));
        assert!(status == 400 && page.contains("another login"), "{page}");
    }
    assert!(club.server.take().is_empty());
    assert_eq!(login.redirect("code=secret%20code").0, 200);
    let (code, text) = login.end();
    assert!(
        code == 0 && text.contains("ignored a response to another login"),
        "{text}"
    );
}

#[test]
fn errors_of_the_authorization_server_end_the_login() {
    let challenge = Arc::<Mutex<String>>::default();
    let club = Club::new(server(challenge));
    let cases = [
        ("error=access_denied", "the login was denied"),
        (
            "error=server_error&error_description=%3Cb%3E%1b[31m",
            "`server_error`: <b>\\u{1b}[31m",
        ),
        ("code=", "returned no code"),
        // The server has another challenge.
        ("code=secret%20code", "`invalid_grant`"),
    ];
    for (query, message) in cases {
        let login = club.log_in("--scope read --scope admin");
        assert_eq!(login.page["scope"], "read admin");
        let (status, page) = login.redirect(query);
        assert!(status == 200 && page.contains("The login failed"), "{page}");
        assert!(!page.contains("<b>") && !page.contains('\u{1b}'), "{page}");
        let (code, text) = login.end();
        assert!(code == 3 && text.contains(message), "{query}: {text}");
    }
    assert_eq!(club.stored(), Value::Null);
    let (code, text) = club.log_in("--timeout 1s").end();
    assert!(
        code == 3 && text.contains("nobody logged in for 1 s"),
        "{text}"
    );
}

#[test]
fn malformed_tokens_are_not_stored() {
    let bodies = [
        (200, "<html>", "is not a JSON object"),
        (200, r#"{"token_type": "bearer"}"#, "has no usable token"),
        (
            200,
            r#"{"access_token": "a\u001b b"}"#,
            "has no usable token",
        ),
        (
            200,
            r#"{"access_token": "a", "token_type": "mac"}"#,
            "is not `bearer`: mac",
        ),
        (302, "", "returned the status 302"),
        (500, "secret code", "returned the status 500"),
        (
            400,
            r#"{"error": "x", "error_description": "secret code is bad"}"#,
            "`x`: *** is bad",
        ),
    ];
    for (status, body, message) in bodies {
        let club =
            Club::new(move |_| (status, "Location: http://127.0.0.1:1/\r\n", body.to_owned()));
        let login = club.log_in("");
        login.redirect("code=secret%20code");
        let (code, text) = login.end();
        assert!(code == 3 && text.contains(message), "{text}");
        assert_eq!(club.stored(), Value::Null);
    }
}

#[test]
fn a_login_needs_a_client_id_and_a_free_port() {
    let club = Club::new(|_| answer(404, json!({})));
    let (code, text) = club.run("login");
    assert!(
        code == 2 && text.contains("no client id is set") && text.contains("CLUB_CLIENT_ID"),
        "{text}"
    );
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let (code, text) = club.run(&format!("login --client-id app --no-browser --port {port}"));
    assert!(
        code == 2 && text.contains(&format!("cannot listen on port {port}")),
        "{text}"
    );
    let (code, text) = club.run("login --client-id app --base-url http://club.example");
    assert!(code == 2 && text.contains("is not encrypted"), "{text}");
    let mut child = club
        .command("login --with-token")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"own\n").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(club.stored(), "own");
}

/// The program of the platform opens the page.
#[cfg(target_os = "linux")]
#[test]
fn the_page_is_opened() {
    use std::os::unix::fs::PermissionsExt;
    let club = Club::new(|_| answer(404, json!({})));
    let opener = club.folder.path().join("xdg-open");
    std::fs::write(&opener, "#!/bin/sh\nprintf %s \"$1\" > \"$HOME/opened\"\n").unwrap();
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (code, text) = club.run("login --client-id app --timeout 2s");
    assert_eq!(code, 3, "{text}");
    let opened = std::fs::read_to_string(club.folder.path().join("opened")).unwrap();
    assert!(text.contains(&format!("  {opened}\n")), "{opened} {text}");
}

/// Answers with the responses of the token endpoint one after the other.
fn device(responses: &'static [&'static str]) -> impl Fn(&Received) -> Answer {
    let count = AtomicUsize::new(0);
    move |received| match &*received.line {
        "POST /oauth/device" => {
            assert_eq!(received.body, "scope=read%20write&client_id=app");
            answer(
                200,
                json!({"device_code": "secret-d", "user_code": "AB-\u{1b}CD", "interval": 1, "expires_in": 20,
                    "verification_uri": "https://club.example/device"}),
            )
        }
        "POST /oauth/token" => {
            let form = parameters(&received.body);
            let grant = "urn:ietf:params:oauth:grant-type:device_code";
            assert_eq!(
                (&*form["grant_type"], &*form["device_code"]),
                (grant, "secret-d")
            );
            match responses[count.fetch_add(1, Ordering::Relaxed)] {
                "token" => answer(
                    200,
                    json!({"access_token": "secret-a", "token_type": "Bearer"}),
                ),
                error => answer(400, json!({"error": error})),
            }
        }
        _ => answer(404, json!({})),
    }
}

#[test]
fn a_code_is_typed_on_another_device() {
    let club = Club::new(device(&["authorization_pending", "slow_down", "token"]));
    let started = std::time::Instant::now();
    let (code, text) = club.run("login --device --client-id app --no-browser");
    assert!(
        code == 0
            && text.contains(
                "Open https://club.example/device and enter the code:\n\n  AB-\\u{1b}CD\n"
            ),
        "{text}"
    );
    // A second, a second, and six seconds.
    assert!(started.elapsed().as_secs() >= 8);
    assert_eq!(club.stored()["access_token"], "secret-a");
}

#[test]
fn errors_end_the_login_of_a_device() {
    let cases: [(&'static [&'static str], &str); 3] = [
        (&["access_denied"], "the login was denied"),
        (
            &["authorization_pending", "expired_token"],
            "the code has expired",
        ),
        (&["invalid_grant"], "`invalid_grant`"),
    ];
    for (responses, message) in cases {
        let club = Club::new(device(responses));
        let (code, text) = club.run("login --device --client-id app --no-browser");
        assert!(code == 3 && text.contains(message), "{text}");
        assert_eq!(club.stored(), Value::Null);
    }
    let cases = [
        (json!({"error": "invalid_scope"}), "`invalid_scope`"),
        (
            json!({"device_code": "secret"}),
            "has no `verification_uri`",
        ),
        (json!([]), "is not a JSON object"),
        (
            json!({"device_code": "secret", "user_code": "A", "verification_uri": "-x", "expires_in": 0}),
            "the code has expired",
        ),
    ];
    for (body, message) in cases {
        let club = Club::new(move |_| answer(200, body.clone()));
        let (code, text) = club.run("login --device --client-id app");
        assert!(code == 3 && text.contains(message), "{text}");
    }
}

/// Accepts each refresh token once, and the access token of the last one.
fn refreshing() -> impl Fn(&Received) -> Answer {
    let count = Mutex::new(0);
    move |received| {
        let mut count = count.lock().unwrap();
        match &*received.line {
            "POST /oauth/refresh"
                if received.body
                    == format!(
                        "grant_type=refresh_token&refresh_token=secret-r{count}&client_id=app"
                    ) =>
            {
                *count += 1;
                answer(
                    200,
                    json!({"access_token": format!("secret-a{count}"), "expires_in": 3600, "refresh_token": format!("secret-r{count}")}),
                )
            }
            "POST /oauth/refresh" => answer(
                400,
                json!({"error": "invalid_grant", "error_description": "secret-r9 is old"}),
            ),
            _ if received.header("authorization") == Some(&*format!("Bearer secret-a{count}")) => {
                answer(200, json!([]))
            }
            _ => answer(401, json!({"message": "wrong token"})),
        }
    }
}

fn lines(club: &Club) -> Vec<String> {
    club.server
        .take()
        .into_iter()
        .map(|received| received.line)
        .collect()
}

#[test]
fn tokens_are_replaced_before_they_expire() {
    let club = Club::new(refreshing());
    club.store(
        json!({"access_token": "secret-old", "refresh_token": "secret-r0", "refresh_at": 1}),
    );
    let (code, text) = club.run("members list -v");
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("/oauth/refresh"), "{text}");
    assert_eq!(lines(&club), ["POST /oauth/refresh", "GET /v1/members"]);
    assert_eq!(club.stored()["refresh_token"], "secret-r1");
    assert_eq!(club.run("members list").0, 0);
    assert_eq!(lines(&club), ["GET /v1/members"]);
}

#[test]
fn a_rejected_token_is_replaced_once() {
    let club = Club::new(refreshing());
    let old = json!({"access_token": "secret-old", "refresh_token": "secret-r0"});
    club.store(old.clone());
    assert_eq!(club.run("members list").0, 0);
    let expected = ["GET /v1/members", "POST /oauth/refresh", "GET /v1/members"];
    assert_eq!(lines(&club), expected);
    // A request that is not idempotent is not repeated. The next one has another token.
    let club = Club::new(refreshing());
    club.store(old);
    let (code, text) = club.run("members add --name x");
    assert!(code == 3 && text.contains("401"), "{text}");
    assert_eq!(club.run("members add --name x").0, 0);
    let expected = [
        "POST /v1/members",
        "POST /oauth/refresh",
        "POST /v1/members",
    ];
    assert_eq!(lines(&club), expected);
    // The server accepts no token: two attempts.
    let club = Club::new(|received| match &*received.line {
        "POST /oauth/refresh" => answer(200, json!({"access_token": "secret-new"})),
        _ => answer(401, json!({})),
    });
    club.store(json!({"access_token": "secret-old", "refresh_token": "secret-r0"}));
    assert_eq!(club.run("members list").0, 3);
    assert_eq!(
        lines(&club),
        expected.map(|line| line.replace("POST /v1", "GET /v1"))
    );
    assert_eq!(club.stored()["refresh_token"], "secret-r0");
}

#[test]
fn a_login_that_is_over_says_so() {
    let club = Club::new(refreshing());
    club.store(
        json!({"access_token": "secret-old", "refresh_token": "secret-r9", "refresh_at": 1}),
    );
    let (code, text) = club.run("members list");
    assert!(
        code == 3 && text.contains("the login is no longer valid: `invalid_grant`: *** is old"),
        "{text}"
    );
    assert!(text.contains("run `club login`"), "{text}");
    assert_eq!(lines(&club), ["POST /oauth/refresh"]);
}

/// The server accepts a refresh token once, and all runs use the same.
#[test]
fn concurrent_runs_replace_a_token_once() {
    let club = Club::new(refreshing());
    club.store(
        json!({"access_token": "secret-old", "refresh_token": "secret-r0", "refresh_at": 1}),
    );
    let spawn = |_| club.command("members list").spawn().unwrap();
    let children: Vec<Child> = (0..6).map(spawn).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let lines = lines(&club);
    let refreshes = lines
        .iter()
        .filter(|line| line.ends_with("/refresh"))
        .count();
    assert_eq!((refreshes, lines.len()), (1, 7));
}

/// A secret of the program goes into a header, or into the form if the server rejects the header.
#[test]
fn a_client_secret_is_sent_in_either_place() {
    let club = Club::new(|received| match received.header("authorization") {
        Some(header) => {
            assert_eq!(header, "Basic YXBwOnNlY3JldC1j");
            answer(401, json!({"error": "invalid_client"}))
        }
        None => {
            assert!(
                received
                    .body
                    .ends_with("client_id=app&client_secret=secret-c"),
                "{}",
                received.body
            );
            answer(200, json!({"access_token": "secret-a"}))
        }
    });
    club.store(json!({"access_token": "secret-o", "refresh_token": "secret-r", "refresh_at": 1, "client_secret": "secret-c"}));
    club.run("members list");
    assert_eq!(club.stored()["access_token"], "secret-a");
}
