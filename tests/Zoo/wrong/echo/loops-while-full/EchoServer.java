import java.io.*;
import java.net.*;

public class EchoServer {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 256);
        while (true) {
            Socket client = server.accept();
            Thread thread = new Thread(() -> serve(client));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[1024];
            int n;
            do {
                n = in.read(buffer);
                if (n > 0) {
                    out.write(buffer, 0, n);
                }
            } while (n == buffer.length);
        } catch (IOException e) {
            System.out.println("client has left: " + e.getMessage());
        }
    }
}
