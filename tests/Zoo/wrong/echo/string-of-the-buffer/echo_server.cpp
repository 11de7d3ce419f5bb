#include <arpa/inet.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

static void handle(int client)
{
    char buffer[65537];
    ssize_t n;
    while ((n = recv(client, buffer, sizeof buffer - 1, 0)) > 0) {
        buffer[n] = 0;
        std::string message = buffer;
        if (send(client, message.data(), message.size(), MSG_NOSIGNAL) < 0)
            break;
    }
    close(client);
}

int main(int argc, char *argv[])
{
    int yes = 1, server = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::stoi(argv[1]));
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bind(server, reinterpret_cast<sockaddr *>(&address), sizeof address);
    listen(server, 256);
    while (true) {
        int client = accept(server, nullptr, nullptr);
        if (client >= 0)
            std::thread(handle, client).detach();
    }
}
