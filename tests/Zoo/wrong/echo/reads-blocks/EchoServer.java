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
            DataInputStream blocks = new DataInputStream(in);
            byte[] block = new byte[60];
            while (true) {
                int n = blocks.readNBytes(block, 0, block.length);
                if (n == 0) {
                    return;
                }
                out.write(block, 0, n);
            }
        } catch (IOException e) {
            System.out.println("client has left: " + e.getMessage());
        }
    }
}
