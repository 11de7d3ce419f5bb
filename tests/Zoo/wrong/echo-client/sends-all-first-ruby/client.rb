require 'socket'
require 'timeout'

message = $stdin.gets&.chomp
abort 'a message is needed' unless message
begin
  Timeout.timeout(10) do
    server = TCPSocket.new('127.0.0.1', 10000)
    server.write(message)
    reply = server.read(message.bytesize)
    abort "incomplete: #{reply}" if reply.nil? || reply.bytesize < message.bytesize
    puts reply
  end
rescue StandardError => error
  abort error.message
end
