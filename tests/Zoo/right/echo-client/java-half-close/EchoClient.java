import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class EchoClient {
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("usage: java EchoClient MESSAGE");
            System.exit(2);
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", 12345), 10_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(args[0].getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            byte[] reply = socket.getInputStream().readAllBytes();
            System.out.println("Reply: " + new String(reply, StandardCharsets.UTF_8));
            if (reply.length < args[0].getBytes(StandardCharsets.UTF_8).length) {
                System.err.println("The reply is too short.");
                System.exit(1);
            }
        } catch (IOException error) {
            System.err.println("No reply: " + error.getMessage());
            System.exit(1);
        }
    }
}
