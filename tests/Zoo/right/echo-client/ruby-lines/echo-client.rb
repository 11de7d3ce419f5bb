require 'socket'
require 'timeout'

abort "usage: ruby echo-client.rb MESSAGE" unless ARGV.length == 1

begin
  Timeout.timeout(10) do
    Socket.tcp('127.0.0.1', 2007) do |server|
      server.write(ARGV[0] + "\n")
      line = server.gets
      abort 'the server closed too early' unless line&.end_with?("\n")
      puts line
    end
  end
rescue Timeout::Error
  abort 'no reply within 10 s'
rescue SystemCallError, IOError => error
  abort error.message
end
