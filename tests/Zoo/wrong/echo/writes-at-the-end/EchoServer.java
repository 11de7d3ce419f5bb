import java.net.ServerSocket;
import java.net.Socket;

public class EchoServer {
    public static void main(String[] args) throws Exception {
        ServerSocket listener = new ServerSocket(Integer.parseInt(args[0]), 256);
        while (true) {
            Socket client = listener.accept();
            byte[] buffer = new byte[4096];
            while (true) {
                int count = client.getInputStream().read(buffer);
                client.getOutputStream().write(buffer, 0, count);
            }
        }
    }
}
