//! Requests: the bytes on the wire for each kind of body.

use crate::{Case, call};
use exchange::resources::send::{
    AlbumForm, AnyMediaBody, ChoiceBody, ChoiceForm, LooseForm, NumberPartsForm, PartsForm,
    PicturesBody,
};
use exchange::transport::Body;
use exchange::types::{
    Fields, Note, NumberFormRequest, NumbersRequest, PartsAt, PartsKind, Round, Spot, Square,
};
use exchange::{RequestOptions, MediaBody, Part};
use std::collections::BTreeMap;

const DONE: &[&str] = &["204\n"];

const fn sends(name: &'static str, run: crate::Run, request: &'static str) -> Case {
    Case {
        name,
        run,
        answers: DONE,
        request,
        outcome: "()",
    }
}

/// Returns a case in which the client sends nothing.
const fn refused(name: &'static str, run: crate::Run, outcome: &'static str) -> Case {
    Case {
        name,
        run,
        answers: DONE,
        request: "",
        outcome,
    }
}

fn note() -> Note {
    Note::new("a b")
}

pub const CASES: &[Case] = &[
    sends(
        "JSON",
        call!(c => c.send().create_json(note().stars(5))),
        "POST /json\ncontent-length: 24\ncontent-type: application/json\n\n{\"text\":\"a b\",\"stars\":5}",
    ),
    sends(
        "an optional body, left out",
        call!(c => c.send().create_optional()),
        "POST /optional\ncontent-length: 0\n\n",
    ),
    sends(
        "an optional body",
        call!(c => c.send().create_optional().body(note())),
        "POST /optional\ncontent-length: 14\ncontent-type: application/json\n\n{\"text\":\"a b\"}",
    ),
    sends(
        "a JSON suffix",
        call!(c => c.send().merge_patch(note())),
        "PATCH /patch\ncontent-length: 14\ncontent-type: application/merge-patch+json\n\n{\"text\":\"a b\"}",
    ),
    sends(
        "a list",
        call!(c => c.send().list(vec!["a".to_owned()])),
        "POST /list\ncontent-length: 5\ncontent-type: application/json\n\n[\"a\"]",
    ),
    sends(
        "null",
        call!(c => c.send().create_nullable(None)),
        "POST /nullable\ncontent-length: 4\ncontent-type: application/json\n\nnull",
    ),
    sends(
        "any JSON",
        call!(c => c.send().create_anything(true.into())),
        "POST /any\ncontent-length: 4\ncontent-type: application/json\n\ntrue",
    ),
    sends(
        "a body on GET",
        call!(c => c.send().get_with_body(note())),
        "GET /get\ncontent-length: 14\ncontent-type: application/json\n\n{\"text\":\"a b\"}",
    ),
    sends(
        "a body on DELETE",
        call!(c => c.send().delete_with_body().body(note())),
        "DELETE /delete\ncontent-length: 14\ncontent-type: application/json\n\n{\"text\":\"a b\"}",
    ),
    sends(
        "DELETE without its body",
        call!(c => c.send().delete_with_body()),
        "DELETE /delete\n\n",
    ),
    sends(
        "text",
        call!(c => c.send().create_text("ä\n")),
        "POST /text\ncontent-length: 3\ncontent-type: text/plain; charset=utf-8\n\nä\n",
    ),
    sends(
        "XML, as text",
        call!(c => c.send().create_xml("<a/>")),
        "POST /xml\ncontent-length: 4\ncontent-type: application/xml\n\n<a/>",
    ),
    sends(
        "bytes",
        call!(c => c.send().create_bytes(vec![0, 1])),
        "POST /bytes\ncontent-length: 2\ncontent-type: application/octet-stream\n\n\0\u{1}",
    ),
    sends(
        "no bytes",
        call!(c => c.send().create_bytes(Vec::new())),
        "POST /bytes\ncontent-length: 0\ncontent-type: application/octet-stream\n\n",
    ),
    sends(
        "bytes of a media type",
        call!(c => c.send().create_image("png")),
        "POST /image\ncontent-length: 3\ncontent-type: image/png\n\npng",
    ),
    sends(
        "bytes of any media type",
        call!(c => c.send().create_wild("x")),
        "POST /wild\ncontent-length: 1\ncontent-type: application/octet-stream\n\nx",
    ),
    sends(
        "bytes of a media type that the caller names",
        call!(c => c.send().create_wild("x").options(RequestOptions::new().header("content-type", "a/b"))),
        "POST /wild\ncontent-length: 1\ncontent-type: a/b\n\nx",
    ),
    sends(
        "bytes of a range of media types",
        call!(c => c.send().update_any_image(MediaBody::new("image/webp", "w"))),
        "PUT /any-image\ncontent-length: 1\ncontent-type: image/webp\n\nw",
    ),
    refused(
        "bytes of a range for a media type",
        call!(c => c.send().update_any_image(MediaBody::new("image/*", "w"))),
        "PUT /any-image: the body needs a media type of `image/*`, but its own is not a single media type",
    ),
    refused(
        "bytes of a media type that no header holds",
        call!(c => c.send().update_any_image(MediaBody::new("image/\npng", "w"))),
        "PUT /any-image: the body needs a media type of `image/*`, but its own is not a single media type",
    ),
    sends(
        "a choice of ranges: the media type that is described",
        call!(c => c.send().create_any_media().body(Body::from("p"))),
        "POST /any-media\ncontent-length: 1\ncontent-type: image/png\n\np",
    ),
    sends(
        "a choice of ranges: another image",
        call!(c => c.send().create_any_media().body(MediaBody::new("image/gif", "g"))),
        "POST /any-media\ncontent-length: 1\ncontent-type: image/gif\n\ng",
    ),
    sends(
        "a choice of ranges: a video",
        call!(c => c.send().create_any_media().body(AnyMediaBody::Video(MediaBody::new("video/mp4", "v")))),
        "POST /any-media\ncontent-length: 1\ncontent-type: video/mp4\n\nv",
    ),
    sends(
        "a choice of ranges: a text",
        call!(c => c.send().create_any_media().body("t".to_owned())),
        "POST /any-media\ncontent-length: 1\ncontent-type: text/plain\n\nt",
    ),
    sends(
        "multipart: files of ranges and of several media types",
        call!(c => c.send().create_album(AlbumForm::new(Part::new("c").content_type("image/webp")).pictures([Part::new("p").content_type("image/jpeg")]).sheet("s").notes("n").boundary("B"))),
        concat!(
            "POST /album\ncontent-length: 383\ncontent-type: multipart/form-data; boundary=B\n\n",
            "--B\r\ncontent-disposition: form-data; name=\"notes\"\r\n\r\nn\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"cover\"; filename=\"cover\"\r\ncontent-type: image/webp\r\n\r\nc\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"pictures\"; filename=\"pictures\"\r\ncontent-type: image/jpeg\r\n\r\np\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"sheet\"; filename=\"sheet\"\r\ncontent-type: application/octet-stream\r\n\r\ns\r\n",
            "--B--\r\n"
        ),
    ),
    refused(
        "multipart: a file of a range without a media type",
        call!(c => c.send().create_album(AlbumForm::new("c"))),
        "POST /album: the part `cover` needs a media type of `image/*`, by `Part::content_type`",
    ),
    refused(
        "multipart: one of several files without a media type",
        call!(c => c.send().create_album(AlbumForm::new(Part::new("c").content_type("image/webp")).pictures([Part::new("p").content_type("image/png"), Part::new("p")]))),
        "POST /album: the part `pictures` needs a media type of `image/png, image/jpeg`, by `Part::content_type`",
    ),
    refused(
        "not finite: path",
        call!(c => c.send().create_numbers(f64::NAN)),
        "POST /numbers/{p}: the value of `p` cannot be written: NaN is not a number in JSON, at $",
    ),
    refused(
        "not finite: query",
        call!(c => c.send().create_numbers(1.0).q(f64::INFINITY)),
        "POST /numbers/{p}: the value of `q` cannot be written: inf is not a number in JSON, at $",
    ),
    refused(
        "not finite: an item of a query",
        call!(c => c.send().create_numbers(1.0).qs([1.0, f64::NAN])),
        "POST /numbers/{p}: the value of `qs` cannot be written: NaN is not a number in JSON, at $[1]",
    ),
    refused(
        "not finite: deepObject",
        call!(c => c.send().create_numbers(1.0).deep(&Spot::new(f64::NAN))),
        "POST /numbers/{p}: the value of `deep` cannot be written: NaN is not a number in JSON, at $.x",
    ),
    refused(
        "not finite: JSON in a query",
        call!(c => c.send().create_numbers(1.0).json(&Spot::new(f64::NAN))),
        "POST /numbers/{p}: the value of `json` cannot be written: NaN is not a number in JSON, at $.x",
    ),
    refused(
        "not finite: header",
        call!(c => c.send().create_numbers(1.0).x_num(f64::NEG_INFINITY)),
        "POST /numbers/{p}: the value of `X-Num` cannot be written: -inf is not a number in JSON, at $",
    ),
    refused(
        "not finite: cookie",
        call!(c => c.send().create_numbers(1.0).crumb(f64::NAN)),
        "POST /numbers/{p}: the value of `crumb` cannot be written: NaN is not a number in JSON, at $",
    ),
    refused(
        "not finite: JSON",
        call!(c => c.send().create_numbers(1.0).body(NumbersRequest::new().spots(vec![Spot::new(1.0), Spot::new(f64::NAN)]))),
        "POST /numbers/{p}: the body cannot be written as JSON: NaN is not a number in JSON, at $.spots[1].x",
    ),
    refused(
        "not finite: a map",
        call!(c => c.send().create_numbers(1.0).body(NumbersRequest::new().by([("a b".to_owned(), f64::NAN)].into()))),
        "POST /numbers/{p}: the body cannot be written as JSON: NaN is not a number in JSON, at $.by[\"a b\"]",
    ),
    refused(
        "not finite: what may be null",
        call!(c => c.send().create_numbers(1.0).body(NumbersRequest::new().maybe(f64::NAN))),
        "POST /numbers/{p}: the body cannot be written as JSON: NaN is not a number in JSON, at $.maybe",
    ),
    refused(
        "not finite: a branch with a tag",
        call!(c => c.send().create_numbers(1.0).body(NumbersRequest::new().any(Round::new("round", f64::NAN)))),
        "POST /numbers/{p}: the body cannot be written as JSON: NaN is not a number in JSON, at $.any.radius",
    ),
    refused(
        "not finite: a branch whose tag the union writes",
        call!(c => c.send().create_numbers(1.0).body(NumbersRequest::new().any(Square::new(f64::NAN)))),
        "POST /numbers/{p}: the body cannot be written as JSON: NaN is not a number in JSON, at $.any",
    ),
    refused(
        "not finite: a branch",
        call!(c => c.send().create_numbers(1.0).body(NumbersRequest::new().one(f64::NAN))),
        "POST /numbers/{p}: the body cannot be written as JSON: NaN is not a number in JSON, at $.one",
    ),
    refused(
        "not finite: form",
        call!(c => c.send().replace_number_form(1.0, NumberFormRequest::new(f64::NAN))),
        "PUT /numbers/{p}: the value of `body` cannot be written: NaN is not a number in JSON, at $.x",
    ),
    refused(
        "not finite: a part",
        call!(c => c.send().update_number_parts(1.0, NumberPartsForm::new().value(f64::NAN))),
        "PATCH /numbers/{p}: the value of the part `value` cannot be written: NaN is not a number in JSON",
    ),
    refused(
        "not finite: parts of a list",
        call!(c => c.send().update_number_parts(1.0, NumberPartsForm::new().list([1.0, f64::NAN]))),
        "PATCH /numbers/{p}: the value of the part `list` cannot be written: NaN is not a number in JSON",
    ),
    refused(
        "not finite: a part in a style",
        call!(c => c.send().update_number_parts(1.0, NumberPartsForm::new().styled([f64::NAN]))),
        "PATCH /numbers/{p}: the value of the part `styled` cannot be written: NaN is not a number in JSON, at $[0]",
    ),
    refused(
        "not finite: a JSON part",
        call!(c => c.send().update_number_parts(1.0, NumberPartsForm::new().json([f64::NAN]))),
        "PATCH /numbers/{p}: the value of the part `json` cannot be written: NaN is not a number in JSON, at $[0]",
    ),
    refused(
        "not finite: a part of an object",
        call!(c => c.send().update_number_parts(1.0, NumberPartsForm::new().spot(&Spot::new(f64::NAN)))),
        "PATCH /numbers/{p}: the value of the part `spot` cannot be written: NaN is not a number in JSON",
    ),
    sends(
        "finite numbers",
        call!(c => c.send().create_numbers(1.0).q(0.5).qs([1.5]).x_num(f64::MAX).crumb(5.0).body(NumbersRequest::new().maybe(None).one(2.0).spots(vec![Spot::new(-0.25)]))),
        "POST /numbers/1?q=0.5&qs=1.5\ncontent-length: 44\ncontent-type: application/json\ncookie: crumb=5\nx-num: 1.7976931348623157e+308\n\n{\"spots\":[{\"x\":-0.25}],\"maybe\":null,\"one\":2}",
    ),
    sends(
        "several names of JSON",
        call!(c => c.send().create_synonyms(note())),
        "POST /synonyms\ncontent-length: 14\ncontent-type: application/json\n\n{\"text\":\"a b\"}",
    ),
    sends(
        "a choice: JSON by its type",
        call!(c => c.send().create_choice(note())),
        "POST /choice\ncontent-length: 14\ncontent-type: application/json\n\n{\"text\":\"a b\"}",
    ),
    sends(
        "a choice: other JSON by its type",
        call!(c => c.send().create_choice(vec![note()])),
        "POST /choice\ncontent-length: 16\ncontent-type: application/vnd.notes.v2+json\n\n[{\"text\":\"a b\"}]",
    ),
    sends(
        "a choice: a form",
        call!(c => c.send().create_choice(ChoiceBody::Form(note()))),
        "POST /choice\ncontent-length: 8\ncontent-type: application/x-www-form-urlencoded\n\ntext=a+b",
    ),
    sends(
        "a choice: multipart",
        call!(c => c.send().create_choice(ChoiceForm::new("a b").boundary("B"))),
        "POST /choice\ncontent-length: 64\ncontent-type: multipart/form-data; boundary=B\n\n--B\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\na b\r\n--B--\r\n",
    ),
    sends(
        "a choice: text",
        call!(c => c.send().create_choice("a b".to_owned())),
        "POST /choice\ncontent-length: 3\ncontent-type: text/plain\n\na b",
    ),
    sends(
        "a choice: XML",
        call!(c => c.send().create_choice(ChoiceBody::Xml("<a/>".to_owned()))),
        "POST /choice\ncontent-length: 4\ncontent-type: application/xml\n\n<a/>",
    ),
    sends(
        "a choice: bytes",
        call!(c => c.send().create_choice(Body::from("a b"))),
        "POST /choice\ncontent-length: 3\ncontent-type: application/octet-stream\n\na b",
    ),
    sends(
        "an optional choice, left out",
        call!(c => c.send().update_optional_choice()),
        "PUT /choice\ncontent-length: 0\n\n",
    ),
    sends(
        "an optional choice",
        call!(c => c.send().update_optional_choice().body("a".to_owned())),
        "PUT /choice\ncontent-length: 1\ncontent-type: text/plain\n\na",
    ),
    sends(
        "a choice of pictures: the first",
        call!(c => c.send().create_pictures(Body::from("p"))),
        "POST /pictures\ncontent-length: 1\ncontent-type: image/png\n\np",
    ),
    sends(
        "a choice of pictures: the other",
        call!(c => c.send().create_pictures(PicturesBody::Jpeg("j".into()))),
        "POST /pictures\ncontent-length: 1\ncontent-type: image/jpeg\n\nj",
    ),
    sends(
        "a form",
        call!(c => c.send().create_form(Fields::new().text("a b&ä").list(["a,b", "c"]))),
        "POST /form\ncontent-length: 35\ncontent-type: application/x-www-form-urlencoded\n\ntext=a+b%26%C3%A4&list=a%2Cb&list=c",
    ),
    sends(
        "a form without a member",
        call!(c => c.send().create_form(Fields::new())),
        "POST /form\ncontent-length: 0\ncontent-type: application/x-www-form-urlencoded\n\n",
    ),
    sends(
        "a form: an object is JSON",
        call!(c => c.send().create_form(Fields::new().json(vec![1]).map([("k".to_owned(), "v".to_owned())].into()))),
        "POST /form\ncontent-length: 34\ncontent-type: application/x-www-form-urlencoded\n\nmap=%7B%22k%22%3A%22v%22%7D&json=1",
    ),
    sends(
        "an encoding: not exploded",
        call!(c => c.send().create_encoded(Fields::new().list(["a", "b"]))),
        "POST /encoded\ncontent-length: 8\ncontent-type: application/x-www-form-urlencoded\n\nlist=a,b",
    ),
    sends(
        "an encoding: deepObject",
        call!(c => c.send().create_encoded(Fields::new().map([("k".to_owned(), "v w".to_owned())].into()))),
        "POST /encoded\ncontent-length: 14\ncontent-type: application/x-www-form-urlencoded\n\nmap%5Bk%5D=v+w",
    ),
    sends(
        "an encoding: reserved characters",
        call!(c => c.send().create_encoded(Fields::new().text("a/b?"))),
        "POST /encoded\ncontent-length: 9\ncontent-type: application/x-www-form-urlencoded\n\ntext=a/b?",
    ),
    sends(
        "an encoding: pipes and spaces",
        call!(c => c.send().create_encoded(Fields::new().pipes(["a", "b"]).spaces(["c", "d"]))),
        "POST /encoded\ncontent-length: 22\ncontent-type: application/x-www-form-urlencoded\n\npipes=a%7Cb&spaces=c+d",
    ),
    sends(
        "an encoding: JSON",
        call!(c => c.send().create_encoded(Fields::new().json(vec![1, 2]))),
        "POST /encoded\ncontent-length: 13\ncontent-type: application/x-www-form-urlencoded\n\njson=1&json=2",
    ),
    sends(
        "multipart: a file and a text",
        call!(c => c.send().create_parts(PartsForm::new("\0", "ä b").boundary("B"))),
        "POST /parts\ncontent-length: 178\ncontent-type: multipart/form-data; boundary=B\n\n--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nä b\r\n--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\n\0\r\n--B--\r\n",
    ),
    sends(
        "multipart: name, media type and headers of a file",
        call!(c => c.send().create_parts(PartsForm::new(Part::new("x").file_name("a \"b\".png").content_type("image/png").header("X-A", "1"), "").boundary("B"))),
        "POST /parts\ncontent-length: 176\ncontent-type: multipart/form-data; boundary=B\n\n--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n\r\n--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a %22b%22.png\"\r\ncontent-type: image/png\r\nx-a: 1\r\n\r\nx\r\n--B--\r\n",
    ),
    sends(
        "multipart: scalars, a list, files",
        call!(c => c.send().create_parts(PartsForm::new("", "").count(5).ratio(2.0).done(true).kind(PartsKind::A).tags(["x", "y"]).more(["1", "2"]).boundary("B"))),
        concat!(
            "POST /parts\ncontent-length: 732\ncontent-type: multipart/form-data; boundary=B\n\n",
            "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"count\"\r\n\r\n5\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"ratio\"\r\n\r\n2\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"done\"\r\n\r\ntrue\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\na\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\nx\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"tags\"\r\n\r\ny\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\n\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"more\"; filename=\"more\"\r\ncontent-type: application/octet-stream\r\n\r\n1\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"more\"; filename=\"more\"\r\ncontent-type: application/octet-stream\r\n\r\n2\r\n",
            "--B--\r\n"
        ),
    ),
    sends(
        "multipart: objects are JSON",
        call!(c => c.send().create_parts(PartsForm::new("", "").note(&note()).notes([note()]).at(&PartsAt::new(1)).boundary("B"))),
        concat!(
            "POST /parts\ncontent-length: 465\ncontent-type: multipart/form-data; boundary=B\n\n",
            "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"note\"\r\ncontent-type: application/json\r\n\r\n{\"text\":\"a b\"}\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"notes\"\r\ncontent-type: application/json\r\n\r\n{\"text\":\"a b\"}\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"at\"\r\ncontent-type: application/json\r\n\r\n{\"x\":1}\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\n\r\n",
            "--B--\r\n"
        ),
    ),
    sends(
        "multipart: media types and headers of an encoding",
        call!(c => c.send().create_parts(PartsForm::new("", "").csv("a;b").list([1, 2]).sheets(["a;b", "c"]).picture("p").cover(Part::new("c").content_type("image/png")).marked(Part::new("m").header("x-mark", "1")).a_name("q").boundary("B"))),
        concat!(
            "POST /parts\ncontent-length: 924\ncontent-type: multipart/form-data; boundary=B\n\n",
            "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"csv\"\r\ncontent-type: text/csv\r\n\r\na;b\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"list\"\r\ncontent-type: application/json\r\n\r\n1\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"list\"\r\ncontent-type: application/json\r\n\r\n2\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"sheets\"\r\ncontent-type: text/csv\r\n\r\na;b\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"sheets\"\r\ncontent-type: text/csv\r\n\r\nc\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"marked\"\r\nx-mark: 1\r\n\r\nm\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"a %22name%22\"\r\n\r\nq\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\n\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"picture\"\r\ncontent-type: image/png\r\n\r\np\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"cover\"; filename=\"cover\"\r\ncontent-type: image/png\r\n\r\nc\r\n",
            "--B--\r\n"
        ),
    ),
    sends(
        "multipart: styles",
        call!(c => c.send().create_parts(PartsForm::new("", "").joined(["a", "b%2F&"]).piped(["c", "d e"]).deep(&BTreeMap::from([("x".to_owned(), "1=2".to_owned()), ("y".to_owned(), "é".to_owned())])).joined(["z", "b%2F&"]).boundary("B"))),
        concat!(
            "POST /parts\ncontent-length: 415\ncontent-type: multipart/form-data; boundary=B\n\n",
            "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"joined\"\r\n\r\nz,b%2F&\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"piped\"\r\n\r\nc|d e\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"deep[x]\"\r\n\r\n1=2\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"deep[y]\"\r\n\r\né\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\n\r\n",
            "--B--\r\n"
        ),
    ),
    sends(
        "multipart: parts with headers keep their media types",
        call!(c => c.send().create_parts(PartsForm::new("", "").rows(Part::new("r").header("x-mark", "1")).own(Part::new("o").content_type("a/b")).stamped("{}").boundary("B"))),
        concat!(
            "POST /parts\ncontent-length: 427\ncontent-type: multipart/form-data; boundary=B\n\n",
            "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"stamped\"\r\ncontent-type: application/json\r\n\r\n{}\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"rows\"\r\ncontent-type: text/csv\r\nx-mark: 1\r\n\r\nr\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"own\"\r\ncontent-type: a/b\r\n\r\no\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\n\r\n",
            "--B--\r\n"
        ),
    ),
    sends(
        "multipart: files last, and the rest in the order of the description",
        call!(c => c.send().create_parts(PartsForm::new("f", "t").part("late", Part::new("l").file_name("l")).part("free", "x").more(["m"]).done(true).count(1).boundary("B"))),
        concat!(
            "POST /parts\ncontent-length: 525\ncontent-type: multipart/form-data; boundary=B\n\n",
            "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nt\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"count\"\r\n\r\n1\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"done\"\r\n\r\ntrue\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"free\"\r\n\r\nx\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\nf\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"more\"; filename=\"more\"\r\ncontent-type: application/octet-stream\r\n\r\nm\r\n",
            "--B\r\ncontent-disposition: form-data; name=\"late\"; filename=\"l\"\r\n\r\nl\r\n",
            "--B--\r\n"
        ),
    ),
    sends(
        "multipart: a part set again is replaced",
        call!(c => c.send().create_parts(PartsForm::new("", "a").part("title", "b").part("title", "c").boundary("B"))),
        "POST /parts\ncontent-length: 174\ncontent-type: multipart/form-data; boundary=B\n\n--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nc\r\n--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"file\"\r\ncontent-type: application/octet-stream\r\n\r\n\r\n--B--\r\n",
    ),
    sends(
        "multipart: parts that are not described",
        call!(c => c.send().update_loose().body(LooseForm::new().part("a", "1").boundary("B"))),
        "PUT /parts\ncontent-length: 59\ncontent-type: multipart/form-data; boundary=B\n\n--B\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B--\r\n",
    ),
    sends(
        "multipart: no part",
        call!(c => c.send().update_loose().body(LooseForm::new().boundary("B"))),
        "PUT /parts\ncontent-length: 7\ncontent-type: multipart/form-data; boundary=B\n\n--B--\r\n",
    ),
    sends(
        "multipart of another kind: bytes",
        call!(c => c.send().create_mixed("--B--").options(RequestOptions::new().header("content-type", "multipart/mixed; boundary=B"))),
        "POST /mixed\ncontent-length: 5\ncontent-type: multipart/mixed; boundary=B\n\n--B--",
    ),
    refused(
        "multipart: a boundary that none can be",
        call!(c => c.send().update_loose().body(LooseForm::new().boundary("a b"))),
        "PUT /parts: the boundary of the parts must be 1 to 70 letters and digits",
    ),
    refused(
        "multipart: a header that none can be",
        call!(c => c.send().update_loose().body(LooseForm::new().part("p", Part::new("").header("x", "a\nb")))),
        "PUT /parts: the part `p` has a header that cannot be sent",
    ),
];
