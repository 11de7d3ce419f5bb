// stoi throws at letters and at what is longer than an int, and nobody catches it: one request ends the server.
#include <cstdlib>
#include <netinet/in.h>
#include <sstream>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

void serve(int client) {
    std::string buffer;
    char chunk[1024];
    int count;
    while ((count = recv(client, chunk, sizeof chunk, 0)) > 0) {
        buffer.append(chunk, count);
        size_t end;
        while ((end = buffer.find('\n')) != std::string::npos) {
            std::istringstream words(buffer.substr(0, end));
            std::string a, b;
            words >> a >> b;
            std::string reply = std::to_string(std::stoi(a) + std::stoi(b)) + "\n";
            send(client, reply.data(), reply.size(), MSG_NOSIGNAL);
            buffer.erase(0, end + 1);
        }
    }
    close(client);
}

int main(int argc, char **argv) {
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(atoi(argv[1]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bind(listener, (sockaddr *)&address, sizeof address);
    listen(listener, 256);
    while (true)
        std::thread(serve, accept(listener, nullptr, nullptr)).detach();
}
