//! Prints the answer to a question while it arrives.

use chat::types::{ChatCompletionRequestUserMessage, CreateChatCompletionRequest};

pub async fn run(client: &chat::Client) -> chat::Result<String> {
    let question = ChatCompletionRequestUserMessage::new("What is Rust?");
    let body = CreateChatCompletionRequest::new([question], "gpt-5");
    let mut events = client.chat().create_completion(body).send_events().await?;
    let mut text = String::new();
    while let Some(event) = events.try_next().await? {
        for choice in event.data.choices {
            text += &choice.delta.content.unwrap_or_default();
        }
    }
    Ok(text)
}
