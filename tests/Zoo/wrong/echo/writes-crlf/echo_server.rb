require "socket"

server = TCPServer.new("127.0.0.1", ARGV[0].to_i)
trap("INT") { exit }
loop do
  Thread.new(server.accept) do |client|
    loop do
      data = client.readpartial(65536)
      client.write(data.gsub(/\r?\n/n, "\r\n"))
    end
  rescue EOFError, SystemCallError
    client.close
  end
end
