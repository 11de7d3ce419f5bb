import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

public class EchoServer {
    // all our clients, so that we can say goodbye to them one day
    private static final List<Socket> clients = Collections.synchronizedList(new ArrayList<>());

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 256);
        while (true) {
            Socket client = server.accept();
            clients.add(client);
            new Thread(() -> serve(client)).start();
        }
    }

    private static void serve(Socket client) {
        byte[] buffer = new byte[4096];
        try {
            int count;
            while ((count = client.getInputStream().read(buffer)) != -1) {
                client.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            System.out.println("client is gone");
        }
    }
}
