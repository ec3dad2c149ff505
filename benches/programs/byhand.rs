//! The three requests on reqwest and derived serde, as a careful person writes them: constant headers are set once,
//! and there is a timeout.

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, Result, Url};
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only read")]
pub struct Item {
    id: String,
    name: String,
    price: f64,
    in_stock: bool,
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
pub struct Page {
    items: Vec<Item>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct NewItem {
    pub name: String,
    pub price: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

pub struct Shop {
    client: Client,
    base: String,
}

impl Shop {
    pub fn new(address: SocketAddr) -> std::result::Result<Self, Box<dyn Error>> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer key"));
        let client = Client::builder()
            .no_proxy()
            .user_agent("shop/1")
            .default_headers(headers)
            .timeout(Duration::from_secs(60))
            .build()?;
        let base = format!("http://{address}/v1");
        Ok(Shop { client, base })
    }

    pub async fn get(&self, id: &str) -> Result<Item> {
        let url = format!("{}/items/{id}", self.base);
        let response = self.client.get(url).send().await?;
        response.error_for_status()?.json().await
    }

    pub async fn list(&self, status: &str, limit: u32) -> Result<Page> {
        let limit = limit.to_string();
        let query = [("status", status), ("limit", &*limit)];
        let url = Url::parse_with_params(&format!("{}/items", self.base), query);
        let url = url.expect("a URL");
        let response = self.client.get(url).send().await?;
        response.error_for_status()?.json().await
    }

    pub async fn create(&self, item: &NewItem) -> Result<Item> {
        let url = format!("{}/items", self.base);
        let response = self.client.post(url).json(item).send().await?;
        response.error_for_status()?.json().await
    }
}
