import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;

/** Echo server. Usage: java EchoServer PORT */
public class EchoServer {
    public static void main(String[] args) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        ExecutorService workers = Workers.start();
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(address, 256);
            while (true) {
                workers.execute(new Session(server.accept()));
            }
        }
    }
}
