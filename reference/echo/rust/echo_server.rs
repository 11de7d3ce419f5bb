//! Echo server. Usage: rustc echo_server.rs && ./echo_server PORT

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::{env, process, thread};

fn main() {
    let Some(Ok(port)) = env::args().nth(1).map(|text| text.parse::<u16>()) else {
        eprintln!("usage: echo_server PORT");
        process::exit(2);
    };
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap_or_else(|error| {
        eprintln!("cannot listen on port {port}: {error}");
        process::exit(1);
    });
    loop {
        // A client that has gone before it was accepted is no reason to stop.
        if let Ok((client, _)) = listener.accept() {
            thread::spawn(|| serve(client));
        }
    }
}

fn serve(mut client: TcpStream) {
    let mut buffer = [0; 4096];
    loop {
        match client.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => {
                if client.write_all(&buffer[..count]).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}
