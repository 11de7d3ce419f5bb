import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class Client {
    public static void main(String[] args) throws Exception {
        byte[] message = args[0].getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", 12345)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(message);
            InputStream in = socket.getInputStream();
            if (in.readNBytes(message.length).length < message.length) {
                throw new IllegalStateException("the server closed too early");
            }
        }
        System.out.write(message);
        System.out.flush();
    }
}
