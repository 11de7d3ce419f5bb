require "socket"

server = TCPServer.new("0.0.0.0", Integer(ARGV[0]))
server.listen(256)

begin
  loop do
    Thread.new(server.accept) do |client|
      data = client.readpartial(4096)
      client.write(data) until data.empty?
    rescue SystemCallError, IOError
      # The client has left.
    ensure
      client.close
    end
  end
rescue Interrupt
  puts "server stopped"
end
