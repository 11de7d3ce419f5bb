/* A thread accepts, a thread a client; main has nothing more to do and leaves. */
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *argument)
{
    int client = (int)(intptr_t)argument;
    char buffer[4096];
    ssize_t count;
    while ((count = recv(client, buffer, sizeof buffer, 0)) > 0) {
        for (ssize_t sent = 0; sent < count;) {
            ssize_t now = send(client, buffer + sent, count - sent, MSG_NOSIGNAL);
            if (now <= 0) {
                close(client);
                return NULL;
            }
            sent += now;
        }
    }
    close(client);
    return NULL;
}

static void *accept_all(void *argument)
{
    int server = (int)(intptr_t)argument;
    int client;
    while ((client = accept(server, NULL, NULL)) >= 0) {
        pthread_t thread;
        pthread_create(&thread, NULL, serve, (void *)(intptr_t)client);
        pthread_detach(thread);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int server = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1])) };
    pthread_t thread;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(server, (struct sockaddr *)&address, sizeof address) < 0 || listen(server, 256) < 0)
        return 1;
    pthread_create(&thread, NULL, accept_all, (void *)(intptr_t)server);
    pthread_exit(NULL);
}
