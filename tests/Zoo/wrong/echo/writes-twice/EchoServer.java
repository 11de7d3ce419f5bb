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

    private static void send(OutputStream out, byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
    }

    private static void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[65536];
            int n;
            while ((n = in.read(buffer)) > 0) {
                send(out, buffer, n);
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            System.out.println("client has left: " + e.getMessage());
        }
    }
}
