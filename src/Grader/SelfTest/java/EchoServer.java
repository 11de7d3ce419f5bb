import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

public class EchoServer {
    public static void main(String[] args) throws IOException {
        try (var listener = new ServerSocket(Integer.parseInt(args[0]), 256, InetAddress.getLoopbackAddress())) {
            while (true) {
                try (var connection = listener.accept()) {
                    var buffer = new byte[4096];
                    int count = connection.getInputStream().read(buffer);
                    if (count > 0) {
                        connection.getOutputStream().write(buffer, 0, count);
                    }
                } catch (IOException e) {
                    System.err.println(e.getMessage());
                }
            }
        }
    }
}
