//! Echo server: a thread for each client. Usage: server PORT

use std::env;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::thread;

fn main() -> io::Result<()> {
    let port = env::args()
        .nth(1)
        .and_then(|text| text.parse::<u16>().ok())
        .expect("usage: server PORT");
    // The standard library sets SO_REUSEADDR.
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    for client in listener.incoming() {
        match client {
            Ok(client) => {
                thread::spawn(move || {
                    if let Err(error) = echo(client) {
                        eprintln!("client lost: {error}");
                    }
                });
            }
            Err(error) => eprintln!("cannot accept: {error}"),
        }
    }
    Ok(())
}

fn echo(client: TcpStream) -> io::Result<u64> {
    io::copy(&mut &client, &mut &client)
}
