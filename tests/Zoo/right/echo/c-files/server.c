/* Echo server with a thread for each client; the sockets are in net.c. Usage: server PORT */
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "net.h"

static void *serve(void *argument)
{
    int client = (int)(intptr_t)argument;
    char buffer[4096];
    ssize_t count;

    while ((count = read(client, buffer, sizeof buffer)) > 0)
        if (write_all(client, buffer, count) < 0)
            break;
    close(client);
    return NULL;
}

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return EXIT_FAILURE;
    }
    signal(SIGPIPE, SIG_IGN); /* write_all tells of a client that is gone */
    int listener = listen_on(atoi(argv[1]));
    for (;;) {
        int client = accept_client(listener);
        pthread_t thread;
        if (client < 0)
            continue;
        if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)client) == 0)
            pthread_detach(thread);
        else
            close(client);
    }
}
