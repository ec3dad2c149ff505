//! English words in method names.

use std::borrow::Cow;

/// Synonyms of verbs, with the one that crates use.
///
/// A crate uses one word for each action, whatever the authors of its paths prefer.
const SYNONYMS: &[(&str, &str)] = &[
    ("change", "update"),
    ("describe", "get"),
    ("destroy", "delete"),
    ("edit", "update"),
    ("fetch", "get"),
    ("index", "list"),
    ("inspect", "get"),
    ("lookup", "find"),
    ("modify", "update"),
    ("obtain", "get"),
    ("read", "get"),
    ("retrieve", "get"),
    ("show", "get"),
    ("view", "get"),
];

/// Verbs. Words that are as often nouns, such as `address` and `name`, are omitted.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "abort", "accept", "ack", "acknowledge", "acquire", "activate", "add", "adjust", "advance",
    "allocate", "analyze", "announce", "answer", "append", "apply", "approve", "archive", "assign",
    "associate", "attach", "authenticate", "authorise", "authorize", "ban", "batch", "begin",
    "bind", "block", "blur", "bookmark", "boost", "build", "bulk", "calculate", "call", "cancel",
    "capture", "change", "check", "claim", "classify", "clear", "clone", "close", "collect",
    "combine", "commit", "compact", "compare", "complete", "compute", "configure", "confirm",
    "connect", "consume", "convert", "copy", "cordon", "count", "create", "crop", "crosspost",
    "deactivate", "decline", "decode", "decommission", "delete", "deliver", "demote", "deploy",
    "deprovision", "deregister", "describe", "destroy", "detach", "detect", "detokenize", "disable",
    "disassociate", "disconnect", "discover", "dismiss", "dispatch", "dissociate", "download",
    "downvote", "drain", "drop", "duplicate", "edit", "eject", "email", "embed", "enable", "encode",
    "end", "endorse", "enqueue", "enrich", "enrol", "enroll", "escalate", "estimate", "evaluate",
    "evict", "exchange", "exclude", "execute", "expire", "explain", "export", "expunge", "extend",
    "extract", "fail", "favourite", "fetch", "finalize", "find", "finish", "flag", "flip", "flush",
    "follow", "force", "forget", "fork", "fund", "generate", "get", "grant", "handle", "hangup",
    "heal", "hide", "hold", "ignore", "impersonate", "import", "increment", "index", "infer",
    "ingest", "init", "initialize", "initiate", "insert", "inspect", "install", "introspect",
    "invalidate", "invite", "invoke", "isolate", "issue", "join", "kick", "kill", "launch", "leave",
    "link", "list", "listen", "load", "lock", "login", "logout", "lookup", "mark", "match",
    "measure", "merge", "migrate", "moderate", "modify", "monitor", "move", "mute", "notify",
    "obtain", "open", "override", "overwrite", "parse", "patch", "pause", "pay", "perform",
    "permit", "pin", "ping", "place", "play", "poll", "post", "powercycle", "poweroff", "poweron",
    "predict", "prepare", "present", "preview", "probe", "process", "promote", "provision", "prune",
    "publish", "purchase", "purge", "push", "put", "query", "quit", "raise", "reactivate", "read",
    "reassign", "reblog", "reboot", "rebuild", "recalculate", "receive", "recommend",
    "recommission", "recover", "recreate", "recycle", "redact", "redeem", "redeliver", "redrive",
    "refer", "refresh", "refund", "regenerate", "register", "reindex", "reinstate", "reject",
    "release", "reload", "remove", "rename", "render", "renew", "reopen", "reorder", "replace",
    "replay", "reply", "report", "request", "requeue", "rerank", "rerequest", "rerun", "resend",
    "reserve", "reset", "resign", "resize", "resolve", "respond", "restart", "restore", "resubmit",
    "resume", "retrieve", "retry", "return", "reveal", "reverse", "revert", "review", "revoke",
    "rewind", "rollback", "rotate", "run", "save", "scan", "schedule", "scroll", "seal", "search",
    "seek", "select", "send", "set", "settle", "share", "ship", "show", "shutdown", "sign",
    "simulate", "skip", "snooze", "split", "star", "start", "stitch", "stop", "store", "stream",
    "submit", "subscribe", "succeed", "suggest", "summarize", "suspend", "swap", "switch", "sync",
    "synchronize", "synthesize", "tag", "taint", "take", "terminate", "test", "throttle", "toggle",
    "tokenize", "track", "train", "transcode", "transcribe", "transfer", "transform", "translate",
    "trigger", "truncate", "typeset", "unarchive", "unassign", "unban", "unbind", "unblock",
    "unbookmark", "unboost", "unclaim", "undelete", "undo", "unendorse", "unfavourite", "unfeature",
    "unflag", "unfollow", "unhold", "uninstall", "unlink", "unlock", "unmark", "unmerge", "unmute",
    "unnest", "unpause", "unpay", "unpin", "unpublish", "unreblog", "unregister", "unresolve",
    "unseal", "unset", "unshare", "unstar", "unsubscribe", "unsuspend", "untag", "update",
    "upgrade", "upload", "upsert", "upvote", "use", "validate", "verify", "view", "void", "vote",
    "wait", "wake", "watch", "watermark", "whitelist", "withdraw", "write",
];

/// Words that are removed from names.
const ARTICLES: &[&str] = &["a", "an", "the"];

/// Words that cannot end a name, and that start a clause.
pub const PREPOSITIONS: &[&str] = &[
    "against", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over",
    "per", "than", "to", "under", "using", "via", "with", "within",
];

/// Words that a name may only end with if it has no others.
const NOISE: &[&str] = &[
    "action",
    "api",
    "controller",
    "endpoint",
    "handler",
    "method",
    "operation",
    "resource",
    "route",
];

/// Plural words that usually name a single resource.
const SINGLETONS: &[&str] = &[
    "analytics",
    "capabilities",
    "contents",
    "counts",
    "credentials",
    "details",
    "diagnostics",
    "insights",
    "limits",
    "metrics",
    "options",
    "permissions",
    "preferences",
    "properties",
    "settings",
    "statistics",
    "stats",
    "totals",
];

/// Words ending in `s` without a plural, or with an equal one.
const UNINFLECTED: &[&str] = &[
    "access",
    "address",
    "alias",
    "analytics",
    "aws",
    "axis",
    "basis",
    "bonus",
    "bus",
    "business",
    "campus",
    "canvas",
    "census",
    "corpus",
    "cors",
    "css",
    "data",
    "devops",
    "diagnostics",
    "dns",
    "gas",
    "gps",
    "has",
    "https",
    "iaas",
    "ios",
    "is",
    "js",
    "kubernetes",
    "macos",
    "means",
    "metadata",
    "minus",
    "news",
    "ops",
    "os",
    "paas",
    "plus",
    "pos",
    "postgres",
    "process",
    "progress",
    "redis",
    "rss",
    "saas",
    "series",
    "sms",
    "sns",
    "species",
    "sqs",
    "statistics",
    "status",
    "this",
    "tls",
    "virus",
    "vps",
    "was",
    "xss",
];

/// Irregular plurals with their singulars, in alphabetical order.
const IRREGULAR: &[(&str, &str)] = &[
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("apis", "api"),
    ("avalanches", "avalanche"),
    ("axes", "axis"),
    ("bases", "base"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("cases", "case"),
    ("causes", "cause"),
    ("children", "child"),
    ("clauses", "clause"),
    ("cookies", "cookie"),
    ("courses", "course"),
    ("cpus", "cpu"),
    ("criteria", "criterion"),
    ("databases", "database"),
    ("emojis", "emoji"),
    ("enterprises", "enterprise"),
    ("exercises", "exercise"),
    ("expenses", "expense"),
    ("gis", "gi"),
    ("gpus", "gpu"),
    ("houses", "house"),
    ("indexes", "index"),
    ("indices", "index"),
    ("knives", "knife"),
    ("kpis", "kpi"),
    ("leases", "lease"),
    ("leaves", "leaf"),
    ("licenses", "license"),
    ("matrices", "matrix"),
    ("media", "media"),
    ("men", "man"),
    ("menus", "menu"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("niches", "niche"),
    ("people", "person"),
    ("persons", "person"),
    ("phases", "phase"),
    ("purchases", "purchase"),
    ("releases", "release"),
    ("responses", "response"),
    ("skus", "sku"),
    ("statuses", "status"),
    ("uris", "uri"),
    ("uses", "use"),
    ("vcpus", "vcpu"),
    ("vertices", "vertex"),
    ("warehouses", "warehouse"),
    ("wikis", "wiki"),
    ("women", "woman"),
];

/// Verbs that are as often nouns, and then come first in a compound: `login links`.
const NOUNS: &[&str] = &[
    "answer", "batch", "block", "bookmark", "build", "call", "charge", "check", "claim", "commit",
    "deploy", "email", "export", "filter", "flag", "fork", "hold", "import", "index", "issue",
    "link", "login", "logout", "match", "order", "pin", "place", "play", "poll", "post", "probe",
    "process", "purchase", "query", "refund", "release", "report", "request", "review", "run",
    "schedule", "score", "seal", "search", "share", "split", "store", "stream", "switch", "tag",
    "test", "track", "transfer", "trigger", "view", "vote", "watch",
];

/// Returns whether a word is as often a noun as a verb.
pub fn is_noun_too(word: &str) -> bool {
    NOUNS.contains(&word)
}

pub fn is_verb(word: &str) -> bool {
    VERBS.binary_search(&word).is_ok()
}

/// Returns the synonym that crates use.
pub fn usual(verb: &str) -> &str {
    let found = SYNONYMS.iter().find(|(synonym, _)| *synonym == verb);
    found.map_or(verb, |(_, usual)| usual)
}

pub fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

pub fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

pub fn is_noise(word: &str) -> bool {
    NOISE.contains(&word)
}

pub fn is_http_verb(word: &str) -> bool {
    ["get", "post", "put", "patch", "delete", "head"].contains(&word)
}

/// Returns the singular of a noun.
pub fn singular(word: &str) -> Cow<'_, str> {
    if let Ok(at) = IRREGULAR.binary_search_by_key(&word, |(many, _)| *many) {
        return Cow::Borrowed(IRREGULAR[at].1);
    }
    if !word.ends_with('s') || word.len() < 3 || UNINFLECTED.binary_search(&word).is_ok() {
        return Cow::Borrowed(word);
    }
    for (end, with) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("zes", "ze"),
        ("uses", "us"),
    ] {
        if let Some(stem) = word.strip_suffix(end).filter(|stem| stem.len() > 1) {
            return Cow::Owned(format!("{stem}{with}"));
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => Cow::Borrowed(stem),
        _ => Cow::Borrowed(word),
    }
}

pub fn is_single(word: &str) -> bool {
    SINGLETONS.contains(&word)
}

/// Returns the plural of a noun; a plural or uninflected word is unchanged.
pub fn plural(word: &str) -> String {
    if word.len() < 3
        || UNINFLECTED.binary_search(&word).is_ok()
        || singular(word) != word
        || word.ends_with(|c: char| !c.is_ascii_lowercase())
    {
        return word.to_owned();
    }
    match word {
        "person" => "people".to_owned(),
        "child" => "children".to_owned(),
        "index" => "indexes".to_owned(),
        "media" | "sdk" | "oauth2" => word.to_owned(),
        _ if word.ends_with('y')
            && !["ay", "ey", "oy", "uy"]
                .iter()
                .any(|end| word.ends_with(end)) =>
        {
            format!("{}ies", &word[..word.len() - 1])
        }
        _ if word.ends_with("ss")
            || word.ends_with(['x', 'z'])
            || word.ends_with("ch")
            || word.ends_with("sh") =>
        {
            format!("{word}es")
        }
        _ if word.ends_with('s') => word.to_owned(),
        _ => format!("{word}s"),
    }
}

/// Returns whether a word is a past participle, such as `blocked`, which has no plural.
pub fn is_participle(word: &str) -> bool {
    let is_noun = ["bed", "embed", "shed", "sled"].contains(&word);
    word.ends_with("ed") && !word.ends_with("eed") && !is_noun
}

/// Returns whether a noun is a plural.
pub fn is_plural(word: &str) -> bool {
    ["media", "news", "series", "species"].contains(&word)
        || !is_single(word) && singular(word) != word
}

/// Returns whether two words are equal, ignoring number.
pub fn is_same(one: &str, other: &str) -> bool {
    // No plural changes the first letter, so comparing it first is fast.
    one.as_bytes().first() == other.as_bytes().first()
        && (one == other || singular(one) == singular(other))
}

/// Returns whether two lists of words are equal, ignoring number.
pub fn same_words(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| is_same(one, other))
}

#[cfg(test)]
mod tests {
    #[test]
    fn participles_are_recognized() {
        for word in ["blocked", "used", "watched"] {
            assert!(super::is_participle(word), "{word}");
        }
        for word in ["feed", "embed", "seeds", "block"] {
            assert!(!super::is_participle(word), "{word}");
        }
    }

    #[test]
    fn tables_are_in_order() {
        assert!(super::VERBS.is_sorted());
        assert!(super::UNINFLECTED.is_sorted());
        assert!(super::IRREGULAR.is_sorted());
    }

    #[test]
    fn no_plural_changes_the_first_letter() {
        for (many, one) in super::IRREGULAR {
            assert_eq!(many.as_bytes()[0], one.as_bytes()[0], "{many}");
        }
    }
}
