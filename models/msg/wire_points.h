/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every reference point: WIRE_POINT(point of msg_list.h, carrier, what it connects). A capture has an
 * interface for each, in this order; the carrier is the codec between struct msg and octets.
 */
WIRE_POINT(N1, NGAP, "UE and AMF: NAS, as NGAP carries it on N2")
WIRE_POINT(N2, NGAP, "NG-RAN and AMF: SCTP, NGAP (TS 38.413)")
WIRE_POINT(NWU, IKE, "UE and N3IWF: UDP, IKEv2 and ESP (TS 24.502)")
WIRE_POINT(N12, SBI, "AMF and AUSF: HTTP/2, Nausf (TS 29.509)")
WIRE_POINT(N13, SBI, "AUSF and UDM: HTTP/2, Nudm (TS 29.503)")
WIRE_POINT(N8, SBI, "AMF and UDM: HTTP/2, Nudm (TS 29.503)")
WIRE_POINT(N35, SBI, "UDM and UDR: HTTP/2, Nudr (TS 29.504)")
WIRE_POINT(N11, SBI, "SMF and AMF: HTTP/2, Namf (TS 29.518)")
WIRE_POINT(N15, SBI, "AMF and PCF: HTTP/2, Npcf (TS 29.507)")
WIRE_POINT(N36, SBI, "PCF and UDR: HTTP/2, Nudr (TS 29.504)")
WIRE_POINT(N61, SBI, "AUSF and AAnF: HTTP/2, Naanf (TS 29.535)")
WIRE_POINT(N62, SBI, "AAnF and DTF: HTTP/2, Naanf (TS 29.535)")
WIRE_POINT(DT1, DT, "UE and DTF: CoAP, CBOR (docs/DT_INTERFACE.md), within TLS")
WIRE_POINT(DT2, DT, "UE and hospital: CoAP, CBOR (docs/DT_INTERFACE.md), within TLS")
WIRE_POINT(DT3, SBI, "DTF and ledger: HTTP/2 (docs/DT_INTERFACE.md)")
WIRE_POINT(DT4, SBI, "DTF and UDM: HTTP/2, Nudm twin records")
WIRE_POINT(N32, N32, "SEPP and SEPP: HTTP/2, N32-c and N32-f (TS 29.573), as it stands inside of TLS")
WIRE_POINT(N32TLS, TLS, "SEPP and SEPP: handshake of TLS, lengths alone")
