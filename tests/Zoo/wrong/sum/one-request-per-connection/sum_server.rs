// Closes after the first reply: a client that has a second request must connect again.
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn main() {
    let port = std::env::args().nth(1).expect("no port");
    let listener = TcpListener::bind(format!("0.0.0.0:{port}")).expect("cannot listen");
    for client in listener.incoming() {
        if let Ok(client) = client {
            thread::spawn(move || handle(client));
        }
    }
}

fn handle(mut client: TcpStream) {
    let mut line = String::new();
    let mut reader = BufReader::new(client.try_clone().unwrap());
    if reader.read_line(&mut line).is_ok() {
        let _ = client.write_all((add(&line) + "\n").as_bytes());
    }
}

fn add(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() != 2 {
        return String::from("error: two numbers expected");
    }
    if let (Ok(a), Ok(b)) = (words[0].parse::<i128>(), words[1].parse::<i128>()) {
        return (a + b).to_string();
    }
    match (words[0].parse::<f64>(), words[1].parse::<f64>()) {
        (Ok(a), Ok(b)) => (a + b).to_string(),
        _ => String::from("error: these are no numbers"),
    }
}
