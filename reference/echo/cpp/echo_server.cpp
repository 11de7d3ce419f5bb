// Echo server with epoll: one thread, many clients.
#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>

namespace {

class EchoServer {
public:
    explicit EchoServer(int port)
        : epoll_(epoll_create1(0)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        int yes = 1;
        setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_ANY);
        if (bind(listener_, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0 ||
            listen(listener_, 256) < 0) {
            std::perror("echo_server");
            std::exit(1);
        }
        watch(EPOLL_CTL_ADD, listener_, EPOLLIN);
    }

    void run() {
        std::array<epoll_event, 64> events;
        while (true) {
            int count = epoll_wait(epoll_, events.data(), events.size(), -1);
            for (int i = 0; i < count; i++) {
                int fd = events[i].data.fd;
                if (fd == listener_)
                    accept_client();
                else if (!serve(fd))
                    drop(fd);
            }
        }
    }

private:
    void watch(int operation, int fd, uint32_t what) {
        epoll_event event{};
        event.events = what;
        event.data.fd = fd;
        epoll_ctl(epoll_, operation, fd, &event);
    }

    void accept_client() {
        int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
        if (fd < 0)
            return;
        unsent_[fd].clear();
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    }

    void drop(int fd) {
        unsent_.erase(fd);
        close(fd);  // leaves the epoll set by itself
    }

    // Returns false when the connection is over.
    bool serve(int fd) {
        std::string &unsent = unsent_[fd];
        if (unsent.empty()) {
            std::array<char, 4096> chunk;
            ssize_t n = recv(fd, chunk.data(), chunk.size(), 0);
            if (n <= 0)
                return n < 0 && errno == EAGAIN;
            unsent.assign(chunk.data(), n);
        }
        ssize_t sent = send(fd, unsent.data(), unsent.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return false;
        if (sent > 0)
            unsent.erase(0, sent);
        // While something is left, wait for room to send, not for more to read.
        watch(EPOLL_CTL_MOD, fd, unsent.empty() ? EPOLLIN : EPOLLOUT);
        return true;
    }

    int epoll_;
    int listener_;
    std::unordered_map<int, std::string> unsent_;
};

}  // namespace

int main(int argc, char *argv[]) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 1;
    }
    EchoServer(std::atoi(argv[1])).run();
}
