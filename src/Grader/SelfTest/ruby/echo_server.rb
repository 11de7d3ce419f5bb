require "socket"

listener = TCPServer.new("127.0.0.1", Integer(ARGV.fetch(0)))
loop do
  connection = listener.accept
  begin
    connection.write(connection.readpartial(4096))
  rescue IOError, SystemCallError
    # This client is gone; the next one is not.
  ensure
    connection.close
  end
end
