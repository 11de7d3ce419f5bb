#ifndef NET_H
#define NET_H

#include <sys/types.h>

int listen_on(int port);
int accept_client(int listener);
int write_all(int fd, const char *data, size_t size);

#endif
