require "socket"

server = TCPServer.new("127.0.0.1", ARGV[0].to_i)
trap("INT") { exit }
loop do
  Thread.new(server.accept) do |client|
    loop { client.write(client.readpartial(65536) + "\r\n") }
  rescue EOFError, SystemCallError
    client.close
  end
end
