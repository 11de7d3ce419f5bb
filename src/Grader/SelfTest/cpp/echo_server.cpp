#include <arpa/inet.h>
#include <array>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

int main(int, char **argv)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(std::stoi(argv[1]));
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0 || listen(listener, 256) < 0) {
        return 1;
    }
    while (true) {
        std::array<char, 4096> buffer;
        const int connection = accept(listener, nullptr, nullptr);
        const auto count = recv(connection, buffer.data(), buffer.size(), 0);
        if (count > 0) {
            send(connection, buffer.data(), count, MSG_NOSIGNAL);
        }
        close(connection);
    }
}
