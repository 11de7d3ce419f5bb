import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Echo client. Usage: java EchoClient MESSAGE PORT */
public class EchoClient {
    public static void main(String[] args) throws IOException {
        try (Socket server = new Socket("127.0.0.1", Integer.parseInt(args[1]))) {
            server.getOutputStream().write(args[0].getBytes(StandardCharsets.UTF_8));
            server.shutdownOutput();
            server.getInputStream().transferTo(System.out);
            System.out.flush();
        }
    }
}
