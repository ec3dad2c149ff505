//! What `sdkgen lint` says of each broken document in `fixtures/bad`: one snapshot a file.

use std::process::Command;

#[test]
fn bad_documents() {
    insta::glob!("fixtures/bad/*.*", |path| {
        // The program runs beside the file, so that its messages hold no path of this machine.
        let output = Command::new(env!("CARGO_BIN_EXE_sdkgen"))
            .current_dir(path.parent().unwrap())
            .arg("lint")
            .arg(path.file_name().unwrap())
            .output()
            .unwrap();
        let (out, err) = (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        );
        assert_eq!(err, "", "findings are the result of `lint`");
        let code = output.status.code().unwrap_or(-1);
        insta::assert_snapshot!("lint", format!("{out}exit {code}\n"));
    });
}
