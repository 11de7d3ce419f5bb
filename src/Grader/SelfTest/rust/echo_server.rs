use std::io::{Read, Write};
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).expect("usage: echo_server PORT");
    for connection in TcpListener::bind(format!("127.0.0.1:{port}"))?.incoming() {
        let Ok(mut connection) = connection else { continue };
        let mut buffer = [0; 4096];
        if let Ok(count) = connection.read(&mut buffer) {
            let _ = connection.write_all(&buffer[..count]);
        }
    }
    Ok(())
}
