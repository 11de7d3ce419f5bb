require "bigdecimal"
require "socket"

def add(line)
  a, b, rest = line.split
  return "error" if b.nil? || rest

  sum = BigDecimal(a) + BigDecimal(b)
  sum.frac.zero? ? sum.to_i.to_s : sum.to_s("F")
rescue ArgumentError
  "error"
end

server = TCPServer.new("0.0.0.0", Integer(ARGV[0]))
server.listen(256)

begin
  loop do
    Thread.new(server.accept) do |client|
      line = client.gets
      client.write(add(line), "\n") while line
    rescue SystemCallError, IOError
      # The client has left.
    ensure
      client.close
    end
  end
rescue Interrupt
  puts "server stopped"
end
