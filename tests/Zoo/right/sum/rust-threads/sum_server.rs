// Sum server: a thread for each client. Usage: sum_server PORT
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn main() -> io::Result<()> {
    let port = std::env::args().nth(1).expect("usage: sum_server PORT");
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    for client in listener.incoming().flatten() {
        thread::spawn(move || serve(client));
    }
    Ok(())
}

fn serve(mut client: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let reply = std::str::from_utf8(&line).ok().and_then(add).unwrap_or("not two numbers".to_string());
        client.write_all(format!("{reply}\n").as_bytes())?;
        line.clear();
    }
    Ok(())
}

/// A sign, the digits, and how many of them stand behind the point.
struct Number {
    sign: i8,
    digits: Vec<i8>,
    places: usize,
}

fn parse(word: &str) -> Option<Number> {
    let sign = if word.starts_with('-') { -1 } else { 1 };
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = format!("{whole}{fraction}").into_bytes();
    if whole.is_empty() || fraction.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(Number { sign, digits: digits.iter().map(|d| (d - b'0') as i8).collect(), places: fraction.len() })
}

fn add(line: &str) -> Option<String> {
    let numbers: Vec<Number> = line.split_ascii_whitespace().map(parse).collect::<Option<_>>()?;
    let [a, b] = numbers.as_slice() else { return None };
    let places = a.places.max(b.places);
    let mut column = vec![0i8; places + (a.digits.len() - a.places).max(b.digits.len() - b.places) + 1];
    // the lowest digit first
    for number in [a, b] {
        for (i, digit) in number.digits.iter().rev().enumerate() {
            column[places - number.places + i] += number.sign * digit;
        }
    }
    let is_negative = column.iter().rev().find(|d| **d != 0).is_some_and(|d| *d < 0);
    let mut carry = 0;
    for digit in &mut column {
        let value = if is_negative { -*digit } else { *digit } + carry;
        carry = value.div_euclid(10);
        *digit = value.rem_euclid(10);
    }
    let text: String = column.iter().rev().map(|d| (b'0' + *d as u8) as char).collect();
    let (whole, fraction) = text.split_at(text.len() - places);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{}{}{point}{fraction}", if is_negative { "-" } else { "" }, if whole.is_empty() { "0" } else { whole }))
}
