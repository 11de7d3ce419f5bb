//! Echo client. Usage: client MESSAGE PORT

use std::env;
use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    let mut server = TcpStream::connect(format!("127.0.0.1:{}", arguments[2]))?;
    server.write_all(arguments[1].as_bytes())?;
    server.shutdown(Shutdown::Write)?;
    io::copy(&mut server, &mut io::stdout())?;
    Ok(())
}
