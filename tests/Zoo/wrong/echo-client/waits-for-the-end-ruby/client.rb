require 'socket'
require 'timeout'

begin
  Timeout.timeout(10) do
    server = TCPSocket.new('127.0.0.1', 3333)
    server.write(ARGV[0])
    reply = server.read
    abort "incomplete: #{reply}" if reply.bytesize < ARGV[0].bytesize
    puts reply
  end
rescue StandardError => error
  abort error.message
end
