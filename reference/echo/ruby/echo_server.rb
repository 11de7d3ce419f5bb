# Echo server with a thread for each client. Usage: ruby echo_server.rb PORT
require "socket"

CHUNK = 4096

def serve(client)
  loop do
    # Whatever is there, up to a chunk: read would wait for all of it.
    client.write(client.readpartial(CHUNK))
  end
rescue EOFError
  # The client has said everything, and got it back.
rescue SystemCallError => e
  warn "client lost: #{e.message}"
ensure
  client.close
end

server = TCPServer.new("127.0.0.1", Integer(ARGV.fetch(0)))
server.listen(256)
begin
  loop do
    Thread.new(server.accept) { |client| serve(client) }
  rescue Errno::ECONNABORTED
    # It left before it was accepted.
  end
rescue Interrupt
  puts "interrupted"
end
